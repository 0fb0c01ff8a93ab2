// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import ProtobufC
import TTRPC

/// The one place where a refusal of the domain becomes an RPC status.
enum RejectionStatus {
    /// The status of a refusal: code, ErrorInfo, violations, and a list where there is one.
    static func error(_ rejection: Rejection) -> RPCError {
        ServiceErrors.error(
            code(rejection.kind), rejection.reason, message(rejection),
            metadata: rejection.metadata.map { ($0.key, $0.value) },
            fields: rejection.field.map { [$0] } ?? [],
            also: list(rejection).map { [$0] } ?? [])
    }

    private static func code(_ kind: RejectionKind) -> StatusCode {
        switch kind {
        case .invalidArgument: .invalidArgument
        case .failedPrecondition: .failedPrecondition
        case .aborted: .aborted
        case .notFound: .notFound
        case .outOfRange: .outOfRange
        case .alreadyExists: .alreadyExists
        case .permissionDenied: .permissionDenied
        case .resourceExhausted: .resourceExhausted
        }
    }

    /// The second detail of a refusal about several lines.
    private static func list(_ rejection: Rejection) -> AnyDetail? {
        switch rejection {
        case .bundleClosureRequired(let items):
            detail(BundleClosure(items: items.map { AftersalesAPI.ClosureItem($0) }))
        case .quantityNotOpen(let shortfalls):
            detail(
                LineRefusals(
                    lines: shortfalls.map {
                        SkippedLine(
                            lineID: $0.lineID, quantity: Int64($0.requested), open: Int64($0.open),
                            reason: .quantityNotOpen)
                    }))
        case .notPhysical(let lines): refusals(lines, .notPhysical)
        case .useRequestCancellation(let lines): refusals(lines, .useRequestCancellation)
        case .inShippingProcess(let lines): refusals(lines, .inShippingProcess)
        case .alreadyShipped(let lines): refusals(lines, .alreadyShipped)
        case .alreadyCanceled(let lines): refusals(lines, .alreadyCanceled)
        default: nil
        }
    }

    private static func refusals(
        _ lines: [String], _ reason: AftersalesAPI.SkipReason
    ) -> AnyDetail {
        detail(LineRefusals(lines: lines.map { SkippedLine(lineID: $0, reason: reason) }))
    }

    private static func detail<Detail: Message>(_ message: Detail) -> AnyDetail {
        AnyDetail(
            typeURL: "type.googleapis.com/" + Detail.protoName, value: message.encoded())
    }
}

extension AftersalesAPI.ClosureItem {
    fileprivate init(_ item: Aftersales.ClosureItem) {
        self.init(
            lineID: item.lineID, bundleID: item.bundleID, canceling: Int64(item.canceling),
            selected: Int64(item.selected), stopping: Int64(item.stopping))
    }
}
