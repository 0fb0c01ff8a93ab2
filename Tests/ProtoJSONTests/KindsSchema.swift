// SPDX-License-Identifier: Apache-2.0

@testable import ProtoJSON

/// The schema of Fixtures/kinds.proto.
enum Kinds {
    static let files: [[UInt8]] = {
        let set = Base64.decode(kindsDescriptorSetBase64) ?? []
        return (try? filesOfDescriptorSet(set)) ?? []
    }()

    private static let result = Result<Schema, SchemaError> { () throws(SchemaError) in
        try Schema(files: files)
    }

    static func schema() throws -> Schema {
        try result.get()
    }

    /// The wire bytes of a `kinds.v1.Kinds` in JSON.
    static func encode(_ json: String) throws(ProtoJSONError) -> [UInt8] {
        guard let schema = try? schema() else {
            throw ProtoJSONError(.unknownType, detail: "the fixture is no schema")
        }
        return try schema.encode(json: json, as: "kinds.v1.Kinds")
    }

    /// The JSON of a `kinds.v1.Kinds` on the wire.
    static func print(_ bytes: [UInt8], options: JSONOptions = .init()) throws -> String {
        try schema().print(bytes, as: "kinds.v1.Kinds", options: options)
    }
}

/// The files of a serialized `google.protobuf.FileDescriptorSet`.
func filesOfDescriptorSet(_ bytes: [UInt8]) throws -> [[UInt8]] {
    var cursor = WireCursor(bytes[...])
    var files: [[UInt8]] = []
    while let field = try cursor.next() {
        files.append(Array(try field.bytes))
    }
    return files
}

func hex(_ bytes: [UInt8]) -> String {
    bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
}

func bytes(hex text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue).map { UInt8($0) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// SplitMix64: the same values for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
