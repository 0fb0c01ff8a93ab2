// SPDX-License-Identifier: Apache-2.0

/// The bounds of the store, each tested at the limit and one past it.
public enum StoreLimits {
    /// Mutations that may wait; one more is ``Outcome/overloaded``.
    public static let queueMax = 4_096
    /// Mutations of one commit.
    public static let batchMax = 256
    /// Rows of one page of any list.
    public static let pageMax = 1_000
    /// Frames of the log that bring on a checkpoint.
    public static let checkpointFrames = 1_000
    /// Bytes of the log from which a checkpoint also cuts it.
    public static let logBytesMax = 16 << 20
    /// How long the writer is idle before it checkpoints.
    public static let idleMilliseconds = 1_000
    /// Bytes of a text, a blob or a row.
    public static let rowBytesMax: Int32 = 16 << 20
}
