// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import ProtobufC
import Synchronization
import TTRPC
import Testing

/// The generated services, seen from both sides.
@Suite struct ServiceTests {
    private struct Bare: OrderServiceHandler {}

    /// Answers every call with the bytes it is given and remembers the method.
    private final class Recorder: RPCClient {
        let answer: [UInt8]
        let calls = Mutex<[(MethodDescriptor, [UInt8])]>([])

        init(answer: [UInt8]) {
            self.answer = answer
        }

        func unary(
            _ method: MethodDescriptor, _ request: [UInt8], options: CallOptions
        ) async throws(RPCError) -> UnaryResponse {
            calls.withLock { $0.append((method, request)) }
            return UnaryResponse(payload: answer)
        }
    }

    @Test func `a handler registers every method of its service`() {
        var registry = ServiceRegistry()
        Bare().register(in: &registry)
        let all = OrderServiceMethod.all.sorted { $0.fullName < $1.fullName }
        #expect(registry.methods == all)
        #expect(registry.services == ["aftersales.v1.OrderService"])
        #expect(OrderServiceMethod.getOrder.fullName == "aftersales.v1.OrderService/GetOrder")
    }

    @Test func `a client stub sends the request and reads the response`() async throws {
        let response = GetOrderResponse(order: Order(orderID: "ord_1"))
        let recorder = Recorder(answer: response.encoded())
        let request = GetOrderRequest(orderID: "ord_1")
        #expect(try await OrderServiceClient(recorder).getOrder(request) == response)
        let calls = recorder.calls.withLock { $0 }
        #expect(calls.map(\.0) == [OrderServiceMethod.getOrder])
        #expect(calls.map(\.1) == [request.encoded()])
    }

    @Test func `the embedded descriptors name every service`() {
        let text = AftersalesDescriptors.files.map { String(decoding: $0, as: UTF8.self) }
        for service in ["OrderService", "RefundService", "EventService"] {
            #expect(text.contains { $0.contains(service) })
        }
        #expect(text.contains { $0.contains("Roles: ") })
    }
}
