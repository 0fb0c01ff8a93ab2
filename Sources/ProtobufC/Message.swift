// SPDX-License-Identifier: Apache-2.0

/// A protobuf message as a Swift value.
///
/// Conformances are generated. Decoding goes through libprotobuf-c: a scan of the wire bytes
/// against the message's schema, an unpack on an arena, a copy into Swift values, one free.
/// Encoding is deterministic: fields in the order of their numbers, defaults left out, unknown
/// fields dropped, so two equal values encode to equal bytes.
public protocol Message: Sendable, Hashable {
    /// A message with every field at its proto3 default.
    init()

    /// The full name in the proto, such as `aftersales.v1.Order`.
    static var protoName: String { get }

    /// Decodes one whole message.
    ///
    /// - Parameters:
    ///   - bytes: the message and nothing else.
    ///   - limits: the bounds that hostile bytes are held to.
    /// - Returns: the message; what the wire left out is at its default.
    /// - Throws: ``DecodeError``: malformed bytes and exceeded bounds are told apart.
    static func decode(_ bytes: Span<UInt8>, limits: DecodeLimits) throws(DecodeError) -> Self

    /// Appends the deterministic encoding to `writer`.
    func encode(into writer: inout WireWriter)

    /// Calls `body` with every text that a person typed: the string fields marked
    /// `(ttrpc.free_text)`, here and in submessages, empty ones left out.
    ///
    /// - Parameters:
    ///   - path: the path of field names to this message, empty for the outermost.
    ///   - body: gets the path of the field, such as `items.note`, and its value.
    /// - Throws: what `body` throws, which ends the visit.
    func visitFreeText<Failure: Error>(
        under path: String, _ body: (_ fieldPath: String, _ value: String) throws(Failure) -> Void
    ) throws(Failure)
}

extension Message {
    /// Decodes one whole message under ``DecodeLimits/standard``.
    public static func decode(_ bytes: Span<UInt8>) throws(DecodeError) -> Self {
        try decode(bytes, limits: .standard)
    }

    /// The deterministic encoding as an array.
    @inlinable
    public func encoded() -> [UInt8] {
        // Few replies are larger; those that are cost a move of their bytes.
        var writer = WireWriter(capacity: 1_024)
        encode(into: &writer)
        return writer.finish()
    }

    /// A message without free text has nothing to visit.
    public func visitFreeText<Failure: Error>(
        under path: String, _ body: (_ fieldPath: String, _ value: String) throws(Failure) -> Void
    ) throws(Failure) {}

    /// Calls `body` with every free text of this message; see ``visitFreeText(under:_:)``.
    public func forEachFreeText<Failure: Error>(
        _ body: (_ fieldPath: String, _ value: String) throws(Failure) -> Void
    ) throws(Failure) {
        try visitFreeText(under: "", body)
    }
}

/// Joins a path of field names and a further name with a dot.
public func joinFieldPath(_ path: String, _ field: String) -> String {
    path.isEmpty ? field : path + "." + field
}
