// SPDX-License-Identifier: Apache-2.0

/// The bounds that one conversion is held to, whatever its input.
public struct ProtoJSONLimits: Sendable, Hashable {
    /// Bytes of JSON text that are parsed: four times a frame, since text is wordier than wire.
    public var jsonBytesMax: Int

    /// Levels of nested arrays and objects in JSON text, the outermost being 1.
    public var jsonDepthMax: Int

    /// Levels of nested messages, the outermost being 1; the same as a server's decoder allows.
    public var messageDepthMax: Int

    /// JSON values of one document, counting every element, member value and container.
    public var valuesMax: Int

    /// Makes limits.
    public init(jsonBytesMax: Int, jsonDepthMax: Int, messageDepthMax: Int, valuesMax: Int) {
        self.jsonBytesMax = jsonBytesMax
        self.jsonDepthMax = jsonDepthMax
        self.messageDepthMax = messageDepthMax
        self.valuesMax = valuesMax
    }

    /// 16 MiB of text, 64 levels of it, 32 levels of messages, a million values.
    public static let standard = ProtoJSONLimits(
        jsonBytesMax: 16 << 20, jsonDepthMax: 64, messageDepthMax: 32, valuesMax: 1_000_000)
}
