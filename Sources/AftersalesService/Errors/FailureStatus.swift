// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesStore
import TTRPC

/// What a caller is told when a call ends otherwise than with its reply.
enum FailureStatus {
    /// Any error of a call: a refusal keeps its words, anything else says nothing of the inside.
    static func error(_ error: any Error) -> RPCError {
        switch error {
        case let error as RPCError: error
        case let rejection as Rejection: RejectionStatus.error(rejection)
        case let failure as StoreError: status(failure)
        default: ServiceErrors.error(.internal, "INTERNAL", "the call failed inside")
        }
    }

    private static func status(_ failure: StoreError) -> RPCError {
        switch failure.kind {
        case .full: full
        case .closed: closing
        case .expired: expired
        case .broken, .constraint, .unreadable, .other:
            ServiceErrors.error(.internal, "STORE", "the store could not serve the call")
        }
    }

    static let keyReused = ServiceErrors.error(
        .alreadyExists, "IDEMPOTENCY_KEY_REUSED",
        "this request_id was used with other content; make a new one for a new effect",
        fields: ["request_id"])

    static let expired = ServiceErrors.error(
        .deadlineExceeded, "DEADLINE_EXCEEDED",
        "the deadline passed before the call was done; nothing was changed")

    static let overloaded = ServiceErrors.error(
        .resourceExhausted, "OVERLOADED", "too many changes wait; try again shortly",
        also: [AnyDetail(RetryInfo(delay: .milliseconds(100)))])

    static let closing = ServiceErrors.error(
        .unavailable, "CLOSING", "the desk is closing; try again",
        also: [AnyDetail(RetryInfo(delay: .milliseconds(200)))])

    static let full = ServiceErrors.error(
        .resourceExhausted, "DISK_FULL",
        "no room on the disk; nothing was changed, reads go on, an operator must free space",
        also: [AnyDetail(RetryInfo(delay: .seconds(1)))])
}
