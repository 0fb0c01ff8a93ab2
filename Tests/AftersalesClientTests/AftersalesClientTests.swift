// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import Synchronization
import TTRPC
import TTRPCServices
import Testing

@Suite("The client library")
struct AftersalesClientTests {
    @Test func `request ids are UUIDs of version 4 in lower case`() {
        var ids: Set<String> = []
        for _ in 0..<1_000 {
            let id = RequestID.make()
            #expect(
                id.wholeMatch(
                    of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/)
                    != nil)
            ids.insert(id)
        }
        #expect(ids.count == 1_000)
    }

    @Test(arguments: [
        (0, "00000000-0000-4000-8000-000000000000"),
        (UInt64.max, "ffffffff-ffff-4fff-bfff-ffffffffffff"),
    ])
    func `only version and variant of a request id are fixed`(bits: UInt64, id: String) {
        var random = ConstantGenerator(bits: bits)
        #expect(RequestID.make(using: &random) == id)
    }

    @Test(
        arguments: [
            ([8, 1], .serving), ([8, 2], .notServing), ([], .unknown), ([8, 9], .unrecognized(9)),
            ([16, 1, 8, 1], .serving),
        ] as [([UInt8], ServingStatus)])
    func `reads what the daemon says of its health`(
        response: [UInt8], status: ServingStatus
    ) async throws {
        let rpc = RecordingClient(response)
        #expect(try await AftersalesClient(rpc: rpc).health() == status)
        #expect(rpc.calls == ["grpc.health.v1.Health/Check"])
    }

    @Test(arguments: [[8], [0], [10, 5]] as [[UInt8]])
    func `takes a malformed answer for an internal error`(response: [UInt8]) async {
        do throws(RPCError) {
            let status = try await AftersalesClient(rpc: RecordingClient(response)).health()
            Issue.record("read as \(status)")
        } catch {
            #expect(error.code == .internal)
        }
    }

    @Test func `each service is called by its own name`() async throws {
        let rpc = RecordingClient([])
        let desk = AftersalesClient(rpc: rpc)
        _ = try await desk.orders.getOrder(GetOrderRequest())
        _ = try await desk.messages.listMessages(ListMessagesRequest())
        _ = try await desk.refunds.listRefunds(ListRefundsRequest())
        _ = try await desk.policies.getPolicy(GetPolicyRequest())
        #expect(
            rpc.calls == [
                "aftersales.v1.OrderService/GetOrder", "aftersales.v1.MessageService/ListMessages",
                "aftersales.v1.RefundService/ListRefunds", "aftersales.v1.PolicyService/GetPolicy",
            ])
    }
}

private struct ConstantGenerator: RandomNumberGenerator {
    let bits: UInt64

    func next() -> UInt64 { bits }
}

/// Answers every call with the same bytes and remembers the methods.
private final class RecordingClient: RPCClient {
    private let response: [UInt8]
    private let methods = Mutex<[String]>([])

    init(_ response: [UInt8]) {
        self.response = response
    }

    var calls: [String] { methods.withLock { $0 } }

    func unary(
        _ method: MethodDescriptor, _ request: [UInt8], options: CallOptions
    ) async throws(RPCError) -> [UInt8] {
        methods.withLock { $0.append(method.fullName) }
        return response
    }
}
