// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AftersalesService

/// The text of a page token.
@Suite struct PageTokenTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
        ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ])
    func `base64url agrees with RFC 4648's vectors, without padding`(
        _ bytes: String, _ text: String
    ) {
        #expect(Base64URL.text(Array(bytes.utf8)) == text)
        #expect(Base64URL.bytes(text) == Array(bytes.utf8))
    }

    @Test func `base64url uses the URL-safe alphabet`() {
        #expect(Base64URL.text([0xfb, 0xff, 0xbf]) == "-_-_")
        #expect(Base64URL.bytes("-_-_") == [0xfb, 0xff, 0xbf])
    }

    @Test(arguments: ["Zg==", "Z", "Zm9vY", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm 9v", "Zm9v\n", "é"])
    func `base64url refuses padding, other alphabets, stray bits and impossible lengths`(
        _ text: String
    ) {
        #expect(Base64URL.bytes(text) == nil)
    }

    @Test(arguments: [[], [0], [-1], [.min, .max], [1, 2, 3, 4]] as [[Int64]])
    func `a token gives its keys back for its own filter only`(_ keys: [Int64]) {
        let text = PageToken(keys: keys).text(filter: [1, 2, 3])
        #expect(PageToken(text: text, filter: [1, 2, 3])?.keys == keys)
        #expect(PageToken(text: text, filter: [1, 2, 4]) == nil)
        #expect(PageToken(text: text, filter: []) == nil)
    }

    @Test func `a token that was cut, grown or changed in its head is none`() {
        let text = PageToken(keys: [7, 9]).text(filter: [5])
        for count in 0..<text.count {
            let read = PageToken(text: String(text.prefix(count)), filter: [5])
            // Cut at a key's end it still is a token, of another list.
            #expect(read == nil || read?.keys.count != 2, "\(count) characters")
        }
        #expect(PageToken(text: text + "AAAA", filter: [5]) == nil)
        #expect(PageToken(text: "B" + text.dropFirst(), filter: [5]) == nil)
        #expect(
            PageToken(
                text: Base64URL.text([1] + Array(repeating: 0, count: 8 + 5 * 8)), filter: [5])
                == nil)
    }
}
