// SPDX-License-Identifier: Apache-2.0

/// A streaming call as its handler sees it: items in, items out, until it ends.
final class ServerStream: Sendable {
    private let key: CallKey
    private let kind: CallKind
    private let outbox: CallOutbox
    private let account: PeerAccount
    private let inbox = Inbox()

    init(_ key: CallKey, _ kind: CallKind, outbox: CallOutbox, account: PeerAccount) {
        self.key = key
        self.kind = kind
        self.outbox = outbox
        self.account = account
    }

    // MARK: The handler's side

    /// Takes the client's next item; `nil` when it sends no more.
    func receive() async throws(RPCError) -> [UInt8]? {
        guard let item = try await inbox.next() else {
            return nil
        }
        account.addQueuedBytes(-item.count)
        outbox.taken(key, byteCount: item.count)
        return item
    }

    /// Sends an item; waits until there is room for it.
    func send(_ item: [UInt8]) async throws(RPCError) {
        if let failure = inbox.failure {
            throw failure
        }
        if let failure = await outbox.send(key, item) {
            throw inbox.failure ?? failure
        }
    }

    /// The handler has finished: with a response, with nothing more to say, or with an error.
    func finish(_ result: Result<[UInt8]?, RPCError>) {
        end(.callCancelled)
        outbox.ended(key, kind, result)
    }

    // MARK: The connection's side

    /// The client has sent an item.
    func deliver(_ item: [UInt8]) {
        account.addQueuedBytes(item.count)
        if !inbox.push(item) {
            account.addQueuedBytes(-item.count)
        }
    }

    /// The client sends no more.
    func finishInput() {
        inbox.finish()
    }

    /// The stream has ended, whatever its handler still does.
    func end(_ error: RPCError) {
        account.addQueuedBytes(-inbox.fail(error))
    }
}
