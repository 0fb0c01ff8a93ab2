// SPDX-License-Identifier: Apache-2.0

/// One call that changes something, as the writer runs it.
public struct Mutation: Sendable {
    /// Full method name; with ``requestID`` the scope of a repeated call (the domain's ruling 29).
    public var method: String
    /// The caller's key, lower-cased UUID text.
    public var requestID: String
    /// SHA-256 of the request without its key: 32 bytes.
    public var digest: [UInt8]
    /// Asked once, before the call enters a batch: false when its deadline passed or its caller
    /// left.
    public var admit: @Sendable () -> Bool
    /// Reads, decides, then writes, and returns the encoded reply.
    ///
    /// It may be run again, so it changes nothing outside of the transaction. A ``StoreError`` is
    /// the store's failure; any other error is a refusal and must be thrown before the first write
    /// (a precondition).
    public var body: @Sendable (borrowing Transaction) throws -> [UInt8]
    /// Called once, on the writer's thread, in the order of the batch, after the commit.
    public var completion: @Sendable (Outcome) -> Void

    /// Makes a mutation.
    public init(
        method: String, requestID: String, digest: [UInt8],
        admit: @escaping @Sendable () -> Bool = { true },
        body: @escaping @Sendable (borrowing Transaction) throws -> [UInt8],
        completion: @escaping @Sendable (Outcome) -> Void = { _ in }
    ) {
        precondition(digest.count == 32)
        self.method = method
        self.requestID = requestID
        self.digest = digest
        self.admit = admit
        self.body = body
        self.completion = completion
    }
}

/// How a mutation ended.
public enum Outcome: Sendable {
    /// Durable; these are the reply's bytes.
    case committed([UInt8])
    /// The same call was committed before; these are the bytes it was answered with.
    case replayed([UInt8])
    /// The key was used for another request.
    case keyReused
    /// The body threw this; nothing was stored, the key included.
    case refused(any Error)
    /// Not admitted; nothing was done.
    case expired
    /// Too many mutations wait; nothing was done.
    case overloaded
    /// The store is closing; nothing was done.
    case closed
    /// No room on the disk; nothing was stored.
    case full
    /// The store could not do this one; nothing was stored.
    case failed(StoreError)
}
