// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import Synchronization
import TTRPC

extension ProbeService {
    static func stream(_ name: String, _ kind: CallKind) -> MethodDescriptor {
        MethodDescriptor(service: "a.B", name: name, kind: kind)
    }

    /// Every kind of stream.
    func registerStreams(in registry: inout ServiceRegistry) {
        // Items 1, 2 … up to the request's byte; an empty one if there is none.
        registry.addServerStreaming(Self.stream("S", .serverStreaming)) {
            (request: Raw, _, responses: ResponseWriter<Raw>) async throws(RPCError) in
            guard let count = request.bytes.first else {
                return try await responses.write(Raw())
            }
            for item in 1...count { try await responses.write(Raw(bytes: [item])) }
        }
        // Items of 1 KiB until nobody wants more.
        registry.addServerStreaming(Self.stream("Endless", .serverStreaming)) {
            (_: Raw, _, responses: ResponseWriter<Raw>) async throws(RPCError) in
            let item = Raw(bytes: Array(repeating: 7, count: 1_024))
            do throws(RPCError) {
                while true {
                    try await responses.write(item)
                    self.itemsSent.add(1, ordering: .relaxed)
                }
            } catch {
                self.ends.withLock { $0.append(error.code) }
                throw error
            }
        }
        // The bytes of all requests in one.
        registry.addClientStreaming(Self.stream("U", .clientStreaming)) {
            (requests: MessageStream<Raw>, _) async throws(RPCError) in
            var sum = Raw()
            for try await request in requests { sum.bytes += request.bytes }
            return sum
        }
        // Echoes; the byte 9 ends it with an error.
        registry.addBidirectionalStreaming(Self.stream("B", .bidirectionalStreaming)) {
            (requests: MessageStream<Raw>, _, responses: ResponseWriter<Raw>)
                async throws(RPCError) in
            for try await request in requests {
                guard request.bytes != [9] else { throw RPCError(.aborted, "nine") }
                try await responses.write(request)
            }
        }
        // Takes nothing until the test says so, then counts.
        registry.addClientStreaming(Self.stream("Late", .clientStreaming)) {
            (requests: MessageStream<Raw>, call) async throws(RPCError) in
            self.lateCalls.withLock { $0.append(call) }
            while !self.mayTake.load(ordering: .relaxed), !Task.isCancelled {
                await Task.yield()
                do { try await Task.sleep(for: .milliseconds(1)) } catch { break }
            }
            var count: UInt8 = 0
            do throws(RPCError) {
                for try await _ in requests { count += 1 }
            } catch {
                self.ends.withLock { $0.append(error.code) }
                throw error
            }
            return Raw(bytes: [count])
        }
    }
}
