// SPDX-License-Identifier: Apache-2.0

import TTRPC
import Testing

@Suite struct RequestEnvelopeTests {
    private func envelope(
        service: String = "a.B", method: String = "C", metadata: Metadata = [:],
        limits: Limits = .init()
    ) throws(RequestEnvelope.Refusal) -> RequestEnvelope {
        let bytes = request(1, method, service: service, metadata: metadata).dropFirst(10)
        return try RequestEnvelope(Array(bytes).span, limits: limits)
    }

    @Test func `keys are lower-cased on receipt and values left alone`() throws {
        // The writer lower-cases too, so the key is patched in the bytes.
        let bytes = hex("2a0c 0a05 422d4b6579 1203 5661 4c")
        let envelope = try RequestEnvelope(bytes.span, limits: Limits())
        #expect(envelope.metadata.entries.map(\.key) == ["b-key"])
        #expect(envelope.metadata.first(for: "B-KEY") == "VaL")
    }

    @Test func `a key may repeat and keeps its order`() throws {
        let envelope = try envelope(metadata: ["k": "1", "x": "2", "k": "3"])
        #expect(envelope.metadata.values(for: "k") == ["1", "3"])
        #expect(envelope.metadata.entries.map(\.value) == ["1", "2", "3"])
    }

    @Test func `64 pairs are taken and 65 are not`() throws {
        var metadata = Metadata()
        for index in 0..<64 { metadata.append(key: "k\(index)", value: "") }
        #expect(try envelope(metadata: metadata).metadata == metadata)
        metadata.append(key: "k", value: "")
        #expect(throws: RequestEnvelope.Refusal.tooMuchMetadata) {
            try envelope(metadata: metadata)
        }
    }

    @Test func `16 KiB of metadata are taken and one byte more is not`() throws {
        let text = String(repeating: "v", count: (16 << 10) - 1)
        #expect(try envelope(metadata: ["k": text]).metadata.first(for: "k") == text)
        for metadata: Metadata in [["k": text + "v"], ["k": text, "x": ""], ["k": text + text]] {
            #expect(throws: RequestEnvelope.Refusal.tooMuchMetadata) {
                try envelope(metadata: metadata)
            }
        }
    }

    @Test func `256 bytes of names are taken and 257 are not`() throws {
        let service = String(repeating: "s", count: 200)
        _ = try envelope(service: service, method: String(repeating: "m", count: 56))
        #expect(throws: RequestEnvelope.Refusal.namesTooLong) {
            try envelope(service: service, method: String(repeating: "m", count: 57))
        }
    }

    @Test func `unknown fields are skipped and the last of a field counts`() throws {
        let good = hex("0a0161 d2020161 0a0162 1202 5859 2001 2002 fd0700000000")
        let envelope = try RequestEnvelope(good.span, limits: Limits())
        #expect(Array(good[envelope.service]) == [0x62])
        #expect(envelope.timeoutNanoseconds == 2)
    }

    @Test(arguments: [
        "0a", "0a05", "0a0561", "08", "0b", "00", "20ffffffffffffffffffff01", "2a03 0a0561",
        "2a03 0a01ff", "0d000000", "0f00", "a", "0a ffffffffffffffffff01",
    ])
    func `bytes that are not a request are malformed`(text: String) {
        let bytes = text == "a" ? [0x0a] : hex(text)
        #expect(throws: RequestEnvelope.Refusal.malformed) {
            _ = try RequestEnvelope(bytes.span, limits: Limits())
        }
    }

    @Test func `no bytes are a request without names`() throws {
        let envelope = try RequestEnvelope([UInt8]().span, limits: Limits())
        #expect(envelope.service.isEmpty)
        #expect(envelope.method.isEmpty)
        #expect(envelope.timeoutNanoseconds == 0)
    }
}
