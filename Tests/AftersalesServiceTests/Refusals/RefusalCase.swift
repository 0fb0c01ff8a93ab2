// SPDX-License-Identifier: Apache-2.0

import TTRPC
import Testing

@testable import AftersalesService

/// One way to be refused: what is changed in a request that would be taken, and what is said.
struct RefusalCase<Request: KeyedRequest>: Sendable, CustomTestStringConvertible {
    var name: String
    var code: StatusCode
    var reason: String
    var metadata: [String: String]
    /// The violation's path; nil = the refusal is not about a field.
    var field: String?
    var change: @Sendable (inout Request) -> Void

    init(
        _ name: String, _ code: StatusCode, _ reason: String,
        metadata: [String: String] = [:], field: String? = nil,
        _ change: @escaping @Sendable (inout Request) -> Void
    ) {
        self.name = name
        self.code = code
        self.reason = reason
        self.metadata = metadata
        self.field = field
        self.change = change
    }

    var testDescription: String { name }

    /// Makes the changed call, expects the refusal and an untouched database, then makes the call
    /// that is taken, with the same key.
    func check<Response>(
        _ request: Request, on desk: TestDesk,
        _ call: (Request) async throws(RPCError) -> Response
    ) async throws {
        var refused = request
        change(&refused)
        let before = try desk.contents()
        let error = try #require(
            await refusal { () async throws(RPCError) in try await call(refused) })
        let said = Refusal(error)
        #expect(said.code == code, "\(said)")
        #expect(said.reason == reason, "\(said)")
        #expect(said.metadata == metadata)
        #expect(said.fields == (field.map { [$0] } ?? []))
        #expect(try desk.contents() == before)
        guard refused.requestID == request.requestID else { return }
        _ = try await call(request)
    }
}
