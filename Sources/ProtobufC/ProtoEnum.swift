// SPDX-License-Identifier: Apache-2.0

/// A proto enum as a Swift enum that keeps numbers it does not know.
public protocol ProtoEnum: Sendable, Hashable, CaseIterable {
    /// The value with the number 0, which is every proto3 enum's default.
    init()

    /// The value of a number; one that the proto does not name is kept as `.unrecognized`.
    init(rawValue: Int32)

    /// The number on the wire.
    var rawValue: Int32 { get }
}
