// SPDX-License-Identifier: Apache-2.0

import TTRPC

/// The errors of these services; their reasons are of the runtime's domain.
extension RPCError {
    static func services(_ code: StatusCode, _ message: String, reason: String) -> RPCError {
        RPCError(
            code, message, details: [AnyDetail(ErrorInfo(reason: reason, domain: "ttrpc"))])
    }

    static func noSuchService(_ name: String) -> RPCError {
        services(.notFound, "service \(name)", reason: "NO_SUCH_SERVICE")
    }
}
