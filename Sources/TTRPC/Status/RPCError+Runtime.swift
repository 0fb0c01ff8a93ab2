// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// The errors that the runtime itself answers with; reasons are of the domain `ttrpc`.
extension RPCError {
    static let reasonDomain = "ttrpc"

    static func runtime(
        _ code: StatusCode, _ message: String, reason: String, retryAfter: Duration? = nil
    ) -> RPCError {
        var details = [AnyDetail(ErrorInfo(reason: reason, domain: reasonDomain))]
        if let retryAfter {
            details.append(AnyDetail(RetryInfo(delay: retryAfter)))
        }
        return RPCError(code, message, details: details)
    }

    static let replyDropped = runtime(
        .internal, "the handler gave no reply", reason: "REPLY_DROPPED")

    static let deadlineExceeded = runtime(
        .deadlineExceeded, "the deadline passed", reason: "DEADLINE_EXCEEDED")

    /// The method of a service that is known, but that nobody has built.
    public static func unimplemented(_ method: MethodDescriptor) -> RPCError {
        runtime(.unimplemented, "method \(method.name)", reason: "METHOD_NOT_IMPLEMENTED")
    }

    /// What a caller is told whose request could not be decoded.
    init(decoding error: DecodeError, of protoName: String) {
        let message = "\(protoName): \(error.reason)\(error.field.isEmpty ? "" : " in \(error.field)")"
        switch error.reason {
        case .malformed:
            self = .runtime(.internal, message, reason: "MALFORMED_MESSAGE")
        case .invalidUTF8:
            self = .invalidText(message, error.field, reason: "INVALID_UTF8")
        case .containsNUL:
            self = .invalidText(message, error.field, reason: "CONTAINS_NUL")
        case .tooDeep, .tooManyElements, .memoryExceeded:
            self = .runtime(.resourceExhausted, message, reason: "MESSAGE_LIMIT")
        }
    }

    private static func invalidText(
        _ message: String, _ field: String, reason: String
    ) -> RPCError {
        var error = runtime(.invalidArgument, message, reason: reason)
        let violation = BadRequest.FieldViolation(
            field: field, description: message, reason: reason)
        error.details.append(AnyDetail(BadRequest(fieldViolations: [violation])))
        return error
    }
}
