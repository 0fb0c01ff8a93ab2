// SPDX-License-Identifier: Apache-2.0

import EchoAPI
import TTRPC

/// All four kinds of calls, doing what each probe asks for and nothing else.
struct EchoService: EchoHandler {
    /// Bytes that one response may be asked to have: well past what a frame takes.
    static let responseBytesMax: Int64 = 64 << 20

    func echo(_ request: BytesValue, _ call: ServerCall, _ reply: UnaryReply<BytesValue>) {
        reply.succeed(request)
    }

    func sleep(_ request: Int64Value, _ call: ServerCall, _ reply: UnaryReply<StringValue>) {
        guard request.value >= 0 else {
            return reply.fail(Self.outOfRange("milliseconds", request.value))
        }
        let nap = Task {
            do {
                try await Task.sleep(for: .milliseconds(request.value))
                reply.succeed(StringValue(value: "slept \(request.value) ms"))
            } catch {
                reply.fail(RPCError(.cancelled, "nobody waits any more"))
            }
        }
        // The deadline cancels too.
        call.cancellation.onCancel { nap.cancel() }
    }

    func fail(_ request: Int32Value, _ call: ServerCall, _ reply: UnaryReply<ProtoEmpty>) {
        guard request.value != 0 else {
            return reply.succeed(ProtoEmpty())
        }
        let info = ErrorInfo(
            reason: "ASKED_FOR", domain: "ttrpcprobe.v1", metadata: [("code", "\(request.value)")])
        reply.fail(
            RPCError(
                StatusCode(rawValue: request.value), "failed as asked",
                details: [AnyDetail(info)]))
    }

    func meta(_ request: ProtoEmpty, _ call: ServerCall, _ reply: UnaryReply<StringValue>) {
        reply.succeed(StringValue(value: CallText.json(call, now: .now)))
    }

    func big(_ request: Int64Value, _ call: ServerCall, _ reply: UnaryReply<BytesValue>) {
        guard let bytes = Self.bytes(request.value) else {
            return reply.fail(Self.outOfRange("bytes", request.value))
        }
        reply.succeed(BytesValue(value: bytes))
    }

    func count(
        _ request: Int64Value, _ call: ServerCall, _ responses: ResponseWriter<Int64Value>
    ) async throws(RPCError) {
        guard request.value >= 0 else {
            throw Self.outOfRange("items", request.value)
        }
        var number: Int64 = 0
        while number < request.value {
            number += 1
            try await responses.write(Int64Value(value: number))
        }
    }

    func sum(
        _ requests: MessageStream<Int64Value>, _ call: ServerCall
    ) async throws(RPCError) -> Int64Value {
        var sum: Int64 = 0
        for try await request in requests {
            sum &+= request.value
        }
        return Int64Value(value: sum)
    }

    func chat(
        _ requests: MessageStream<StringValue>, _ call: ServerCall,
        _ responses: ResponseWriter<StringValue>
    ) async throws(RPCError) {
        for try await request in requests {
            try await responses.write(request)
        }
    }

    func flood(
        _ request: Int64Value, _ call: ServerCall, _ responses: ResponseWriter<BytesValue>
    ) async throws(RPCError) {
        guard let bytes = Self.bytes(request.value) else {
            throw Self.outOfRange("bytes", request.value)
        }
        let item = BytesValue(value: bytes)
        // Ends with the call: the write throws when nobody waits any more.
        while true {
            try await responses.write(item)
        }
    }

    private static func bytes(_ count: Int64) -> [UInt8]? {
        guard (0...responseBytesMax).contains(count) else {
            return nil
        }
        return [UInt8](repeating: 0x62, count: Int(count))
    }

    private static func outOfRange(_ unit: String, _ value: Int64) -> RPCError {
        RPCError(.invalidArgument, "\(value) \(unit)")
    }
}
