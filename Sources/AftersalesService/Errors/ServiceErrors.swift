// SPDX-License-Identifier: Apache-2.0

import TTRPC

/// What the errors of the shop's services have in common.
enum ServiceErrors {
    /// The domain of their reasons in `google.rpc.ErrorInfo`.
    static let domain = "aftersales"

    /// An error with a reason and scalars, and a violation for each wrong field.
    static func error(
        _ code: StatusCode, _ reason: String, _ message: String,
        metadata: [(String, String)] = [], fields: [String] = [], also: [AnyDetail] = []
    ) -> RPCError {
        var details = [
            AnyDetail(ErrorInfo(reason: reason, domain: domain, metadata: metadata))
        ]
        if !fields.isEmpty {
            details.append(
                AnyDetail(
                    BadRequest(
                        fieldViolations: fields.map {
                            BadRequest.FieldViolation(
                                field: $0, description: message, reason: reason)
                        })))
        }
        return RPCError(code, message, details: details + also)
    }

    /// A request that is wrong in one field, whatever the state.
    static func invalid(_ field: String, _ reason: String, _ message: String) -> RPCError {
        error(.invalidArgument, reason, message, metadata: [("field", field)], fields: [field])
    }
}
