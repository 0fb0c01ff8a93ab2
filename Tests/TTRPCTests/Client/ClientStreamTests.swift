// SPDX-License-Identifier: Apache-2.0

import Glibc
import TTRPC
import Testing

@Suite(.timeLimit(.minutes(2))) struct ClientStreamTests {
    // MARK: Server streams

    @Test func `a server stream is taken to its end, empty messages included`() async throws {
        let server = try ScriptedServer()
        let script = server.serve { socket in
            let request = try socket.frame(ofType: 1)
            socket.data(request.id, [1])
            socket.data(request.id)
            socket.data(request.id, flags: 5)
            return request
        }
        let stream: MessageStream<Raw> = try await server.client().serverStreaming(
            streaming(.serverStreaming), Raw(bytes: [8]))
        var seen: [[UInt8]] = []
        for try await message in stream { seen.append(message.bytes) }
        #expect(seen == [[1], []])
        let request = try await script.value
        #expect(request.flags == 1)
        let envelope = try envelope(request)
        #expect(Array(request.payload[envelope.payload]) == [8])
        #expect(envelope.timeoutNanoseconds == 0)
        #expect(envelope.extensions == [.cancel, .window, .responseMetadata])
    }

    @Test(arguments: [(true, [[1], [2]]), (false, [[1]])])
    func `the last message may come with the end, or in a Response`(
        isData: Bool, expected: [[UInt8]]
    ) async throws {
        let server = try ScriptedServer()
        let script = server.serve { socket in
            let request = try socket.frame(ofType: 1)
            socket.data(request.id, [1])
            if isData {
                socket.data(request.id, [2], flags: 1)
            } else {
                socket.respond(request.id)
            }
        }
        let stream: MessageStream<Raw> = try await server.client().serverStreaming(
            streaming(.serverStreaming), Raw())
        var seen: [[UInt8]] = []
        for try await message in stream { seen.append(message.bytes) }
        #expect(seen == expected)
        try await script.value
    }

    @Test func `an error ends a stream after the messages before it`() async throws {
        let server = try ScriptedServer()
        let script = server.serve { socket in
            let request = try socket.frame(ofType: 1)
            socket.data(request.id, [1])
            socket.respond(request.id, .failure(RPCError(.dataLoss, "gone")))
        }
        let stream = try await server.client().open(
            streaming(.serverStreaming), [], options: .init())
        try await script.value
        let first = try await stream.receive()
        #expect(first == [1])
        for _ in 0..<2 {
            let error = await #expect(throws: RPCError.self) { try await stream.receive() }
            #expect(error?.code == .dataLoss)
        }
    }

    @Test func `a lost connection ends a stream with UNAVAILABLE after what has come`() async throws
    {
        let server = try ScriptedServer()
        let script = server.serve { socket in
            socket.data(try socket.frame(ofType: 1).id, [1])
        }
        let stream = try await server.client().open(
            streaming(.serverStreaming), [], options: .init())
        try await script.value
        let first = try await stream.receive()
        #expect(first == [1])
        let error = await #expect(throws: RPCError.self) { try await stream.receive() }
        #expect(error?.code == .unavailable)
    }

    // MARK: Giving up

    private enum GivingUp: CaseIterable {
        case lettingGo, cancelling, endOfTask, deadline, wrongMessage
    }

    @Test(arguments: GivingUp.allCases)
    private func `a stream that is given up is cancelled on the wire`(way: GivingUp) async throws {
        let server = try ScriptedServer()
        let script = server.serve { socket in
            let request = try socket.frame(ofType: 1)
            if way == .wrongMessage { socket.data(request.id, [0xff]) }
            return try socket.frame(ofType: 0x10)
        }
        let client = server.client()
        let method = streaming(.serverStreaming)
        switch way {
        case .lettingGo:
            _ = try await client.serverStreaming(method, Raw()) as MessageStream<Raw>
        case .cancelling:
            let stream = try await client.open(method, [], options: .init())
            stream.cancel()
            let error = await #expect(throws: RPCError.self) { try await stream.receive() }
            #expect(error?.code == .cancelled)
        case .endOfTask:
            let task = Task {
                let stream = try await client.open(method, [], options: .init())
                return try await stream.receive()
            }
            try await Task.sleep(for: .milliseconds(20))
            task.cancel()
            let error = await #expect(throws: RPCError.self) { try await task.value }
            #expect(error?.code == .cancelled)
            // The task may have been cancelled before anything was sent; then nothing else is.
            _ = try? await client.open(method, [], options: .init()) as ClientStream
        case .deadline:
            let options = CallOptions(timeout: .milliseconds(300))
            let stream = try await client.open(method, [], options: options)
            let error = await #expect(throws: RPCError.self) { try await stream.receive() }
            #expect(error?.code == .deadlineExceeded)
        case .wrongMessage:
            let code = await firstError(of: client)
            #expect(code == .internal)
        }
        let cancel = try await script.value
        #expect(cancel == RawSocket.Frame(id: 1, type: 0x10, flags: 0, payload: []))
    }

    private func firstError(of client: Client) async -> StatusCode? {
        do {
            let stream: MessageStream<Raw> = try await client.serverStreaming(
                streaming(.serverStreaming), Raw())
            for try await _ in stream {}
            return nil
        } catch {
            return error.code
        }
    }

    @Test(arguments: [false, true])
    func `a unary call that is given up is cancelled on the wire`(byDeadline: Bool) async throws {
        let server = try ScriptedServer()
        let script = server.serve { socket in
            let request = try socket.frame(ofType: 1)
            let cancel = try socket.frame(ofType: 0x10)
            // Late, and for nobody.
            socket.respond(request.id)
            let next = try socket.frame(ofType: 1)
            socket.respond(next.id, .success([7]))
            return (request.id, cancel.id)
        }
        let client = server.client()
        let call = Task {
            try await client.unary(
                ProbeService.method("C"), [],
                options: CallOptions(timeout: byDeadline ? .milliseconds(300) : nil))
        }
        if !byDeadline {
            for await state in client.state where state == .ready { break }
            try await Task.sleep(for: .milliseconds(20))
            call.cancel()
        }
        let error = await #expect(throws: RPCError.self) { try await call.value }
        #expect(error?.code == (byDeadline ? .deadlineExceeded : .cancelled))
        let next = try await client.unary(ProbeService.method("C"), [], options: .init())
        #expect(next.payload == [7])
        let ids = try await script.value
        #expect(ids.0 == ids.1)
    }

    // MARK: Back-pressure

    @Test
    func `a server without credit that sends too much is cut off, and its neighbours are not`()
        async throws
    {
        let server = try ScriptedServer()
        let script = server.serve { socket in
            let stream = try socket.frame(ofType: 1)
            for _ in 0..<65 { socket.data(stream.id, [1]) }
            let cancel = try socket.frame(ofType: 0x10)
            let unary = try socket.frame(ofType: 1)
            socket.respond(unary.id, .success([2]))
            return cancel.id == stream.id
        }
        let client = server.client()
        let stream = try await client.open(streaming(.serverStreaming), [], options: .init())
        let answer = Task {
            // Sent only when the other has been cut off, as the script has it.
            try await client.unary(ProbeService.method("C"), [], options: .init())
        }
        // Nothing is taken until all has come.
        try await Task.sleep(for: .milliseconds(50))
        var count = 0
        let error = await #expect(throws: RPCError.self) {
            while try await stream.receive() != nil { count += 1 }
        }
        #expect(error?.code == .resourceExhausted || count > 64)
        stream.cancel()
        _ = try? await answer.value
        _ = try? await script.value
    }

    @Test func `room is given back as messages are taken`() async throws {
        let server = try ScriptedServer()
        let script = server.serve { socket in
            let id = try socket.frame(ofType: 1).id
            var credit = 64
            var windows = 0
            for _ in 0..<1_000 {
                while credit == 0 {
                    let payload = try socket.frame(ofType: 0x11).payload
                    let update = WindowUpdate(payload.span)
                    credit += Int(update?.items ?? 0)
                    windows += 1
                }
                socket.data(id, [1, 2, 3])
                credit -= 1
            }
            socket.data(id, flags: 5)
            return windows
        }
        let stream: MessageStream<Raw> = try await server.client().serverStreaming(
            streaming(.serverStreaming), Raw())
        var count = 0
        for try await _ in stream { count += 1 }
        #expect(count == 1_000)
        let windows = try await script.value
        #expect((1...40).contains(windows))
    }

    @Test func `a writer waits for credit and goes on when it comes`() async throws {
        let server = try ScriptedServer()
        let script = server.serve { socket in
            let id = try socket.frame(ofType: 1).id
            socket.window(id, items: 0, bytes: 0)
            for _ in 0..<64 { _ = try socket.frame(ofType: 3) }
            // Whatever is on its way would be here before the answer to this.
            let unary = try socket.frame(ofType: 1)
            socket.respond(unary.id)
            socket.window(id, items: 2, bytes: 2)
            let last = [try socket.frame(ofType: 3), try socket.frame(ofType: 3)]
            let end = try socket.frame(ofType: 3)
            socket.respond(id, .success([9]))
            return (last.map(\.payload), end.flags)
        }
        let client = server.client()
        let answer: Raw = try await client.clientStreaming(streaming(.clientStreaming)) {
            (writer: RequestWriter<Raw>) async throws(RPCError) in
            for _ in 0..<64 { try await writer.write(Raw(bytes: [1])) }
            _ = try await client.unary(ProbeService.method("C"), [], options: .init())
            for number: UInt8 in [65, 66] { try await writer.write(Raw(bytes: [number])) }
        }
        #expect(answer.bytes == [9])
        let (last, flags) = try await script.value
        #expect(last == [[65], [66]])
        #expect(flags == 5)
    }

    @Test func `a server that shows nothing is written to without credit after a while`()
        async throws
    {
        let server = try ScriptedServer()
        let script = server.serve { socket in
            let request = try socket.frame(ofType: 1)
            for _ in 0..<200 { _ = try socket.frame(ofType: 3) }
            let end = try socket.frame(ofType: 3)
            socket.respond(request.id, .success([1]))
            return (request.flags, end.flags)
        }
        let answer: Raw = try await server.client().clientStreaming(streaming(.clientStreaming)) {
            (writer: RequestWriter<Raw>) async throws(RPCError) in
            for _ in 0..<200 { try await writer.write(Raw(bytes: [1])) }
        }
        #expect(answer.bytes == [1])
        let flags = try await script.value
        #expect(flags == (2, 5))
    }

    @Test func `a peer that does not read is waited for, and loses nothing`() async throws {
        let server = try ScriptedServer()
        let message = [UInt8](repeating: 5, count: 300_000)
        let script = server.serve { socket in
            let id = try socket.frame(ofType: 1).id
            usleep(100_000)
            var count = 0
            while true {
                let frame = try socket.frame(ofType: 3)
                if frame.flags != 0 { break }
                count += frame.payload == message ? 1 : 100
            }
            socket.respond(id, .success([1]))
            return count
        }
        let answer: Raw = try await server.client().clientStreaming(streaming(.clientStreaming)) {
            (writer: RequestWriter<Raw>) async throws(RPCError) in
            for _ in 0..<10 { try await writer.write(Raw(bytes: message)) }
        }
        #expect(answer.bytes == [1])
        let count = try await script.value
        #expect(count == 10)
    }

    // MARK: Request streams

    @Test func `a server may answer before all requests are written`() async throws {
        let server = try ScriptedServer()
        let script = server.serve { socket in
            let id = try socket.frame(ofType: 1).id
            _ = try socket.frame(ofType: 3)
            socket.respond(id, .success([4]))
            // A close with bytes unread would be a reset, and might overtake the answer.
            while try socket.receiveFrame() != nil {}
        }
        let client = server.client()
        let answer: Raw = try await client.clientStreaming(streaming(.clientStreaming)) {
            (writer: RequestWriter<Raw>) async throws(RPCError) in
            while true { try await writer.write(Raw(bytes: [1])) }
        }
        #expect(answer.bytes == [4])
        client.close()
        try await script.value
    }

    @Test func `a server's refusal is what the writer and the caller are told`() async throws {
        let server = try ScriptedServer()
        let script = server.serve { socket in
            let id = try socket.frame(ofType: 1).id
            socket.respond(id, .failure(RPCError(.permissionDenied, "no")))
            _ = try? socket.receiveFrame()
        }
        let client = server.client()
        let error = await #expect(throws: RPCError.self) {
            let _: Raw = try await client.clientStreaming(streaming(.clientStreaming)) {
                (writer: RequestWriter<Raw>) async throws(RPCError) in
                while true { try await writer.write(Raw(bytes: [1])) }
            }
        }
        #expect(error?.code == .permissionDenied)
        client.close()
        try await script.value
    }

    @Test func `a chat goes both ways in any order`() async throws {
        let server = try ScriptedServer()
        let script = server.serve { socket in
            let request = try socket.frame(ofType: 1)
            socket.window(request.id, items: 0, bytes: 0)
            while true {
                guard let frame = try socket.receiveFrame(), frame.flags == 0 else { break }
                // Room for responses comes in between.
                if frame.type == 3 {
                    socket.data(request.id, frame.payload)
                    socket.window(request.id, items: 1, bytes: 1)
                }
            }
            socket.data(request.id, flags: 5)
            return request.flags
        }
        let echoed = try await server.client().bidirectionalStreaming(
            streaming(.bidirectionalStreaming)
        ) { (writer: RequestWriter<Raw>, responses: MessageStream<Raw>) async throws(RPCError) in
            var echoed: [[UInt8]] = []
            var messages = responses.makeAsyncIterator()
            for number: UInt8 in 1...100 {
                try await writer.write(Raw(bytes: [number]))
                if let answer = try await messages.next() { echoed.append(answer.bytes) }
            }
            writer.finish()
            if try await messages.next() != nil { echoed.append([]) }
            return echoed
        }
        #expect(echoed == (1...100).map { [$0] })
        let flags = try await script.value
        #expect(flags == 2)
    }
}
