// SPDX-License-Identifier: Apache-2.0

import TTRPC

/// What an operator can do about a failed call.
///
/// The reasons are the contract's and the runtime's.
enum Advice {
    /// Whether a call that ended so may have had its effect.
    static func isOutcomeUnknown(_ code: StatusCode) -> Bool {
        code == .unavailable || code == .deadlineExceeded || code == .cancelled
    }

    static func next(code: StatusCode, reason: String, socketPath: String) -> String {
        if reason == "CONNECT_FAILED" {
            return "See whether the daemon runs (systemctl status aftersalesd) and listens at "
                + "\(socketPath); name another socket with --socket or $AFTERSALES_SOCKET."
        }
        return byReason[reason] ?? byCode(code)
    }

    private static let byReason = [
        "BUNDLE_CLOSURE_REQUIRED": "Look at what goes with it (--preview), then repeat with "
            + "--accept-bundle-closure.",
        "VERSION": "It has changed since it was read: look again, then decide again.",
        "ROLE": "Run as a user or group that the daemon's configuration gives a role of the "
            + "method (see describe METHOD).",
        "IDEMPOTENCY_KEY_REUSED": "Use a new request id, or the very request the id was made for.",
        "QUANTITY_NOT_OPEN": "Select fewer units, or take what can be canceled: --allow-partial.",
        "IN_SHIPPING_PROCESS": "See the line's action: order show ID --actions.",
        "ALREADY_SHIPPED": "See the line's action: order show ID --actions.",
        "NOT_PHYSICAL": "Leave the line out, or cancel what can be canceled: --allow-partial.",
        "USE_REQUEST_CANCELLATION": "A seller sells it: ask the seller with "
            + "call SellerService/RequestCancellation.",
        "NO_SUCH_SERVICE": "list shows the services, list SERVICE their methods.",
        "NO_SUCH_METHOD": "list shows the services, list SERVICE their methods.",
    ]

    private static func byCode(_ code: StatusCode) -> String {
        switch code {
        case .invalidArgument, .outOfRange: "Correct what is named above."
        case .notFound: "Check the id and the customer: another customer's is not found either."
        case .alreadyExists, .failedPrecondition: "Look at the present state first: order show ID."
        case .aborted: "A concurrent change won: look again, decide again."
        case .permissionDenied, .unauthenticated: "Run as a user who may do this."
        case .resourceExhausted: "A limit is reached: wait, or ask for less."
        case .unavailable, .deadlineExceeded, .cancelled: "Try again."
        case .unimplemented: "This daemon does not serve the method."
        default: "See the daemon's log: journalctl -u aftersalesd"
        }
    }
}
