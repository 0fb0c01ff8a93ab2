// SPDX-License-Identifier: Apache-2.0

import Replay
import Testing

@Suite struct CSVReaderTests {
    private func records(_ bytes: [UInt8], chunk: Int = .max) throws -> [[String]] {
        var reader = CSVReader()
        var records: [[String]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            records += try reader.read(Array(rest.prefix(chunk)))
            rest = rest.dropFirst(chunk)
        }
        if let last = try reader.finish() { records.append(last) }
        return records
    }

    @Test(arguments: [
        ("a,b\n", [["a", "b"]]),
        ("a,b", [["a", "b"]]),
        ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
        ("a,,\n", [["a", "", ""]]),
        (",\n", [["", ""]]),
        ("\n\na\n", [["a"]]),
        ("\"a,b\",c\n", [["a,b", "c"]]),
        ("\"RECORD FRAME 7\"\" SINGLE SIZE \",48\n", [["RECORD FRAME 7\" SINGLE SIZE ", "48"]]),
        ("\"two\nlines\",x\n", [["two\nlines", "x"]]),
        ("\"\"\n", [[""]]),
        ("\"\",\"\"", [["", ""]]),
        ("5' 2\",x\n", [["5' 2\"", "x"]]),
        ("\u{FEFF}a\n", [["a"]]),
        ("", []),
    ])
    func `reads quotes, line ends and empty fields`(text: String, expected: [[String]]) throws {
        #expect(try records(Array(text.utf8)) == expected)
    }

    @Test(arguments: 1...7)
    func `reads the same wherever the bytes are cut`(chunk: Int) throws {
        let text = Array("\u{FEFF}a,\"b\"\"\r\n\",\u{E9}\r\n\n\"\",z".utf8)
        #expect(try records(text, chunk: chunk) == records(text))
    }

    @Test func `bytes that are not UTF-8 are replaced`() throws {
        #expect(try records([0x41, 0xA3, 0x0A]) == [["A\u{FFFD}"]])
    }

    @Test func `an unterminated quote names the line where its record began`() {
        #expect(throws: CSVReader.Failure.unterminatedQuote(line: 2)) {
            try records(Array("a\nb,\"c\nd\n".utf8))
        }
    }

    @Test func `a record may be as long as the limit and no longer`() throws {
        let longest = [UInt8](repeating: 0x61, count: CSVReader.recordBytesMax - 1) + [0x0A]
        #expect(try records(longest).count == 1)
        #expect(throws: CSVReader.Failure.recordTooLong(line: 1)) {
            try records([0x61] + longest)
        }
    }
}
