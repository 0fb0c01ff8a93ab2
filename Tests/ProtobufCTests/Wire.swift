// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// Wire bytes written by hand.
enum Wire {
    static func varint(_ value: UInt64) -> [UInt8] {
        var writer = WireWriter(capacity: 10)
        writer.writeVarint(value)
        return writer.finish()
    }

    static func tag(_ field: Int, _ layout: UInt64) -> [UInt8] {
        varint(UInt64(field) << 3 | layout)
    }

    static func number(_ field: Int, _ value: UInt64) -> [UInt8] {
        tag(field, 0) + varint(value)
    }

    static func delimited(_ field: Int, _ content: [UInt8]) -> [UInt8] {
        tag(field, 2) + varint(UInt64(content.count)) + content
    }

    static func text(_ field: Int, _ content: String) -> [UInt8] {
        delimited(field, [UInt8](content.utf8))
    }
}

/// What a decode came to: the error, or nil for a value.
func refusal<Value: Message>(
    _ type: Value.Type, _ bytes: [UInt8], limits: DecodeLimits = .standard
) -> DecodeError? {
    do throws(DecodeError) {
        _ = try Value.decode(bytes.span, limits: limits)
        return nil
    } catch {
        return error
    }
}
