// SPDX-License-Identifier: Apache-2.0

import CTTRPC
import NIOCore
import NIOPosix

/// What the client of a stream, or of a connection, finds out by itself.
extension RPCError {
    static let clientClosed = runtime(
        .cancelled, "the client is closed", reason: "CLIENT_CLOSED")

    static let consumerOverflow = runtime(
        .resourceExhausted, "the server sent more than the consumer had room for",
        reason: "STREAM_OVERFLOW")

    static let streamEnded = runtime(
        .failedPrecondition, "the stream takes no more messages", reason: "STREAM_ENDED")

    static let noResponse = runtime(
        .internal, "the server ended the stream without a response", reason: "NO_RESPONSE")

    /// What kept a client from connecting, in a sentence.
    init(connecting path: String, _ error: any Error, _ timeout: Duration) {
        let cause = (error as? NIOConnectionError)?.connectionErrors.first?.error ?? error
        self =
            switch cause {
            case let error as IOError: .connectFailed(path, errno: error.errnoCode)
            case ChannelError.connectTimeout: .connectFailed(path, "no answer within \(timeout)")
            case SocketAddressError.unixDomainSocketPathTooLong:
                .connectFailed(path, "the path is too long for a socket")
            default: .connectFailed(path, "\(cause)")
            }
    }

    /// The connect to a path that failed with an errno.
    static func connectFailed(_ path: String, errno: Int32) -> RPCError {
        var text: [UInt8] = []
        while case let byte = ttrpc_errno_text(errno, UInt32(text.count)), byte != 0 {
            text.append(byte)
        }
        let why = text.isEmpty ? "error \(errno)" : String(decoding: text, as: UTF8.self)
        return connectFailed(path, why)
    }

    static func connectFailed(_ path: String, _ why: String) -> RPCError {
        runtime(.unavailable, "cannot connect to \(path): \(why)", reason: "CONNECT_FAILED")
    }
}
