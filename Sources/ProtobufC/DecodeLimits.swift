// SPDX-License-Identifier: Apache-2.0

/// The bounds one decode is held to, checked before memory is taken.
public struct DecodeLimits: Sendable, Hashable {
    /// Levels of nested messages, the outermost being 1; more than ``depthCeiling`` counts as that.
    public var depthMax: Int

    /// What the C stack is known to bear, whatever the limits say: unpacking takes about 1 KiB of
    /// it a level.
    public static let depthCeiling = 100

    /// Elements of one repeated field.
    public var repeatedCountMax: Int

    /// Bytes that libprotobuf-c may take for the unpacked message.
    public var memoryBytesMax: Int

    /// Makes limits.
    public init(depthMax: Int, repeatedCountMax: Int, memoryBytesMax: Int) {
        self.depthMax = depthMax
        self.repeatedCountMax = repeatedCountMax
        self.memoryBytesMax = memoryBytesMax
    }

    /// 32 levels, 100,000 elements, 16 MiB.
    public static let standard = DecodeLimits(
        depthMax: 32, repeatedCountMax: 100_000, memoryBytesMax: 16 << 20)
}
