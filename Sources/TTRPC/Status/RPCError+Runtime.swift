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

    static let replyTooLarge = runtime(
        .resourceExhausted, "the reply is larger than a frame may be", reason: "REPLY_TOO_LARGE")

    /// The error to answer with: one with code OK, which no failure has, becomes INTERNAL.
    var asFailure: RPCError {
        code == .ok ? RPCError(.internal, "failed with OK") : self
    }

    /// The method of a service that is known, but that nobody has built.
    public static func unimplemented(_ method: MethodDescriptor) -> RPCError {
        runtime(.unimplemented, "method \(method.name)", reason: "METHOD_NOT_IMPLEMENTED")
    }

    /// What a caller is told whose request could not be decoded.
    init(decoding error: DecodeError, of protoName: String) {
        let place = error.field.isEmpty ? "" : " in \(error.field)"
        let message = "\(protoName): \(error.reason)\(place)"
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

/// What a connection answers by itself.
extension RPCError {
    static let evenStreamID = runtime(
        .invalidArgument, "a client's stream id is odd", reason: "EVEN_STREAM_ID")

    static let noSuchStream = runtime(
        .invalidArgument, "no such stream", reason: "NO_SUCH_STREAM")

    static let notAStream = runtime(
        .invalidArgument, "the method takes one request and no stream", reason: "NOT_A_STREAM")

    static let dataAfterEnd = runtime(
        .invalidArgument, "data after the end of the client's side of the stream",
        reason: "DATA_AFTER_END")

    static let streamOverflow = runtime(
        .resourceExhausted, "more items of the stream wait than there is room for",
        reason: "STREAM_OVERFLOW")

    static func frameTooLarge(_ limit: Int) -> RPCError {
        runtime(
            .resourceExhausted, "a frame's payload is at most \(limit) bytes",
            reason: "FRAME_TOO_LARGE")
    }

    static func draining(retryAfter delay: Duration) -> RPCError {
        runtime(
            .unavailable, "the server is shutting down", reason: "DRAINING", retryAfter: delay)
    }

    static func tooManyCalls(_ holder: String, retryAfter delay: Duration) -> RPCError {
        runtime(
            .resourceExhausted, "too many calls of this \(holder) are running",
            reason: "TOO_MANY_CALLS", retryAfter: delay)
    }

    static func tooManyConnections(retryAfter delay: Duration) -> RPCError {
        runtime(
            .resourceExhausted, "there are too many connections", reason: "TOO_MANY_CONNECTIONS",
            retryAfter: delay)
    }

    static func queueFull(retryAfter delay: Duration) -> RPCError {
        runtime(
            .resourceExhausted, "too many reply bytes wait to be read", reason: "QUEUE_FULL",
            retryAfter: delay)
    }

    static func noService(_ name: String) -> RPCError {
        runtime(.unimplemented, "service \(name)", reason: "NO_SUCH_SERVICE")
    }

    static func noMethod(_ name: String) -> RPCError {
        runtime(.unimplemented, "method \(name)", reason: "NO_SUCH_METHOD")
    }

    init(refusing refusal: RequestEnvelope.Refusal) {
        self =
            switch refusal {
            case .malformed:
                .runtime(.invalidArgument, "malformed request", reason: "MALFORMED_REQUEST")
            case .namesTooLong:
                .runtime(
                    .resourceExhausted, "the names of service and method are too long",
                    reason: "NAMES_TOO_LONG")
            case .tooMuchMetadata:
                .runtime(.resourceExhausted, "too much metadata", reason: "TOO_MUCH_METADATA")
            }
    }
}

/// What a client finds out by itself.
extension RPCError {
    static let callCancelled = runtime(
        .cancelled, "the caller gave the call up", reason: "CANCELLED")

    static let connectionLost = runtime(
        .unavailable, "the connection was lost", reason: "CONNECTION_LOST")

    static let tooManyWaiting = runtime(
        .resourceExhausted, "too many calls wait in this client", reason: "TOO_MANY_WAITING")

    static func malformedResponse(_ what: String) -> RPCError {
        runtime(.internal, "the server sent a wrong \(what)", reason: "MALFORMED_RESPONSE")
    }
}
