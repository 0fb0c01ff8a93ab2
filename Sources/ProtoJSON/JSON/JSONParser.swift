// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// Parses one whole document as RFC 8259 has it, and nothing more lenient: no comment, no
    /// trailing comma, no leading byte order mark, no `NaN`, no lone surrogate, no key twice.
    ///
    /// - Parameters:
    ///   - utf8: the text.
    ///   - limits: the bounds on size, nesting and number of values.
    /// - Throws: ``ProtoJSONError`` of reason `syntax`, with line and column (in bytes, from 1) in
    ///   its detail, or `limitExceeded`.
    public init(
        parsing utf8: [UInt8], limits: ProtoJSONLimits = .standard
    ) throws(ProtoJSONError) {
        guard utf8.count <= limits.jsonBytesMax else {
            throw ProtoJSONError(
                .limitExceeded, detail: "the JSON text is longer than \(limits.jsonBytesMax) bytes")
        }
        var parser = JSONParser(bytes: utf8, limits: limits)
        self = try parser.document()
    }
}

/// Recursive descent over bytes; the recursion is bounded by the depth limit.
struct JSONParser {
    private let bytes: [UInt8]
    private let depthMax: Int
    private var valuesLeft: Int
    private var position = 0

    init(bytes: [UInt8], limits: ProtoJSONLimits) {
        self.bytes = bytes
        depthMax = limits.jsonDepthMax
        valuesLeft = limits.valuesMax
    }

    mutating func document() throws(ProtoJSONError) -> JSONValue {
        let value = try value(depth: 1)
        skipSpace()
        guard position == bytes.count else { throw syntax("more text after the document") }
        return value
    }

    private mutating func value(depth: Int) throws(ProtoJSONError) -> JSONValue {
        valuesLeft -= 1
        guard valuesLeft >= 0 else {
            throw ProtoJSONError(.limitExceeded, detail: "the JSON text has too many values")
        }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || 0x30...0x39 ~= byte: return try number()
        case nil: throw syntax("the text ends where a value is expected")
        default: throw syntax("a value is expected")
        }
    }

    private mutating func object(depth: Int) throws(ProtoJSONError) -> JSONValue {
        try open(depth: depth)
        var members: [JSONMember] = []
        // Keys are compared byte by byte: String's own equality takes canonical equivalents for
        // one.
        var seen: Set<[UInt8]> = []
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw syntax("a key in quotes is expected") }
            let start = position
            let key = try string()
            guard seen.insert(Array(key.utf8)).inserted else {
                position = start
                throw syntax("the key \"\(key)\" is there twice")
            }
            guard take(UInt8(ascii: ":")) else { throw syntax("a colon is expected") }
            members.append(JSONMember(key, try value(depth: depth + 1)))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw syntax("a comma or } is expected") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(ProtoJSONError) -> JSONValue {
        try open(depth: depth)
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            elements.append(try value(depth: depth + 1))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw syntax("a comma or ] is expected") }
        return .array(elements)
    }

    private mutating func open(depth: Int) throws(ProtoJSONError) {
        guard depth <= depthMax else {
            throw ProtoJSONError(
                .limitExceeded, detail: "the JSON text is nested deeper than \(depthMax) levels")
        }
        position += 1
    }

    private mutating func word(
        _ text: StaticString, _ value: JSONValue
    ) throws(ProtoJSONError) -> JSONValue {
        let end = position + text.utf8CodeUnitCount
        guard end <= bytes.count, bytes[position..<end].elementsEqual(text.description.utf8) else {
            throw syntax("a value is expected")
        }
        position = end
        return value
    }

    private mutating func number() throws(ProtoJSONError) -> JSONValue {
        let length = JSONNumber.length(of: bytes[position...])
        guard length > 0 else { throw syntax("a digit is expected") }
        let text = String(decoding: bytes[position..<position + length], as: UTF8.self)
        position += length
        return .number(text)
    }

    private mutating func string() throws(ProtoJSONError) -> String {
        position += 1
        var content: [UInt8] = []
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw syntax("the string is not UTF-8")
                }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                try escape(into: &content)
            case 0..<0x20:
                throw syntax("a control character in a string must be escaped")
            default:
                content.append(byte)
                position += 1
            }
        }
        throw syntax("the string does not end")
    }

    private mutating func escape(into content: inout [UInt8]) throws(ProtoJSONError) {
        position += 1
        guard let letter = peek else { throw syntax("the string does not end") }
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(letter)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            content.append(contentsOf: String(Character(try scalar())).utf8)
            return
        default: throw syntax("no such escape")
        }
        position += 1
    }

    /// The scalar of `\uXXXX`, or of two of them that are a surrogate pair.
    private mutating func scalar() throws(ProtoJSONError) -> Unicode.Scalar {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take2(UInt8(ascii: "\\"), UInt8(ascii: "u")) else {
            throw syntax("a lone surrogate")
        }
        let second = try hexadecimal()
        guard 0xDC00..<0xE000 ~= second,
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw syntax("a lone surrogate") }
        return scalar
    }

    private mutating func hexadecimal() throws(ProtoJSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw syntax("four hexadecimal digits are expected")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    // MARK: Bytes

    private var peek: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func take2(_ first: UInt8, _ second: UInt8) -> Bool {
        guard position + 1 < bytes.count, bytes[position] == first, bytes[position + 1] == second
        else { return false }
        position += 2
        return true
    }

    private func syntax(_ detail: String) -> ProtoJSONError {
        let before = bytes[..<position]
        let line = 1 + before.count { $0 == 0x0A }
        let column = position - (before.lastIndex(of: 0x0A) ?? -1)
        return ProtoJSONError(.syntax, detail: "line \(line), column \(column): \(detail)")
    }
}
