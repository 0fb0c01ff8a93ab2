// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesStore
import ProtobufC
import TTRPC

/// What every service of the shop shares: the store, who may what, and the way of a call.
///
/// A read runs in the calling event loop on its lane's snapshot. A mutation is checked there, then
/// runs in a batch of the writer; its reply leaves after the commit.
struct Desk: Sendable {
    let store: Store
    let assignment: RoleAssignment

    /// Runs a read and answers.
    func read<Response: Message>(
        _ call: ServerCall, _ reply: UnaryReply<Response>,
        _ body: (borrowing Snapshot) throws -> Response
    ) {
        do {
            reply.succeed(try store.read(lane: call.lane, until: call.deadline, body))
        } catch {
            reply.fail(FailureStatus.error(error))
        }
    }

    /// Checks a mutation, then runs it in a batch and answers once it is durable.
    ///
    /// `prepare` reads the request, on the event loop; it returns what reads, decides and writes,
    /// on the writer, which may run it more than once.
    func mutate<Request: KeyedRequest, Response: Message>(
        _ request: Request, _ call: ServerCall, _ reply: UnaryReply<Response>,
        _ prepare: () throws(RPCError) -> @Sendable (borrowing Transaction) throws -> Response
    ) {
        do throws(RPCError) {
            let key = try RequestKey(request)
            try Self.refuseCardNumbers(request)
            let decide = try prepare()
            store.write(
                Mutation(
                    method: call.method.fullName, requestID: key.id, digest: key.digest,
                    admit: { !call.isPastDeadline(now: .now) && !call.cancellation.isCancelled },
                    body: { transaction in try decide(transaction).encoded() },
                    completion: { outcome in Self.answer(reply, outcome) }))
        } catch {
            reply.fail(error)
        }
    }

    /// The roles of the caller.
    func roles(_ call: ServerCall) -> RoleSet {
        assignment.roles(of: call.peer)
    }

    private static func refuseCardNumbers(_ request: some Message) throws(RPCError) {
        do throws(Rejection) {
            try request.forEachFreeText { (field, text) throws(Rejection) in
                try PANScan.require(text, field: field)
            }
        } catch {
            throw RejectionStatus.error(error)
        }
    }

    private static func answer<Response: Message>(
        _ reply: UnaryReply<Response>, _ outcome: Outcome
    ) {
        switch outcome {
        case .committed(let bytes): reply.succeed(encoded: bytes)
        case .replayed(let bytes): reply.succeed(encoded: bytes, metadata: ["replayed": "true"])
        case .keyReused: reply.fail(FailureStatus.keyReused)
        case .refused(let error): reply.fail(FailureStatus.error(error))
        case .expired: reply.fail(FailureStatus.expired)
        case .overloaded: reply.fail(FailureStatus.overloaded)
        case .closed: reply.fail(FailureStatus.closing)
        case .full: reply.fail(FailureStatus.full)
        case .failed(let error): reply.fail(FailureStatus.error(error))
        }
    }
}
