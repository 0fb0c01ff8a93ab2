// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import TTRPC
import TTRPCServices
import Testing

/// A watch is called as the runtime calls it, with a writer that a test reads.
@Suite("grpc.health.v1.Health/Watch")
struct HealthWatchTests {
    /// Statuses, one by one.
    private struct Statuses {
        private var iterator: AsyncStream<ServingStatus>.AsyncIterator

        init(_ stream: AsyncStream<ServingStatus>) {
            iterator = stream.makeAsyncIterator()
        }

        mutating func next() async -> ServingStatus? {
            await iterator.next(isolation: #isolation)
        }
    }

    /// Runs a watch beside `body` and cancels it afterwards; gives how it ended.
    private func watching(
        _ service: String, on board: HealthBoard,
        _ body: (inout Statuses) async throws -> Void
    ) async throws -> RPCError? {
        let (items, sink) = AsyncStream.makeStream(of: ServingStatus.self)
        let writer = ResponseWriter<HealthCheckResponse> { bytes in
            guard let response = try? HealthCheckResponse.decode(bytes.span) else { return }
            sink.yield(response.status)
        }
        let task = Task { () async -> RPCError? in
            do throws(RPCError) {
                try await HealthService(board: board).watch(
                    HealthCheckRequest(service: service), serverCall(HealthMethod.watch), writer)
                return nil
            } catch {
                return error
            }
        }
        var statuses = Statuses(items)
        try await body(&statuses)
        task.cancel()
        return await task.value
    }

    @Test func `sends the status at once and then every change, until it is cancelled`()
        async throws
    {
        let board = HealthBoard(services: ["a.B"])
        let ended = try await watching("a.B", on: board) { items in
            #expect(await items.next() == .notServing)
            board.setAll(.serving)
            #expect(await items.next() == .serving)
            board.set(.notServing, for: "")
            board.set(.serving, for: "a.B")
            board.set(.notServing, for: "a.B")
            #expect(await items.next() == .notServing, "neither another's status nor the same")
            #expect(board.watchCount == 1)
        }
        #expect(ended?.code == .cancelled)
        #expect(board.watchCount == 0)
    }

    @Test func `an unknown service is SERVICE_UNKNOWN, and watched until it is known`()
        async throws
    {
        let board = HealthBoard(status: .serving)
        _ = try await watching("x.Y", on: board) { items in
            #expect(await items.next() == .serviceUnknown)
            #expect(board.status(of: "x.Y") == nil, "a watch puts nothing on the board")
            board.setAll(.notServing)
            board.set(.serving, for: "x.Y")
            #expect(await items.next() == .serving)
        }
    }

    @Test func `a watch whose client has gone ends with the error of its writer`() async {
        let board = HealthBoard(status: .serving)
        let gone = RPCError(.cancelled, "the client has gone")
        let writer = ResponseWriter<HealthCheckResponse> { _ throws(RPCError) in throw gone }
        await #expect(throws: gone) {
            try await HealthService(board: board).watch(
                HealthCheckRequest(), serverCall(HealthMethod.watch), writer)
        }
        #expect(board.watchCount == 0)
    }

    @Test func `a slow watcher gets the newest status alone`() async {
        let board = HealthBoard()
        var statuses = Statuses(board.watch(""))
        #expect(await statuses.next() == .notServing)
        for _ in 0..<1_000 {
            board.set(.serving, for: "")
            board.set(.notServing, for: "")
        }
        board.set(.unknown, for: "")
        #expect(await statuses.next() == .unknown)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `what a watcher has at last is what was set last`(seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        let services = ["", "a", "b"]
        let board = HealthBoard(services: services, status: .unknown)
        let changes = (0..<200).map { _ in
            (services[random.next(below: 3)], ServingStatus(rawValue: Int32(random.next(below: 3))))
        }
        let watched = services[random.next(below: 3)]
        _ = try await watching(watched, on: board) { items in
            var seen: [ServingStatus] = []
            if let first = await items.next() { seen.append(first) }
            let setter = Task { @concurrent in
                for (service, status) in changes { board.set(status, for: service) }
                // A status of its own marks the end.
                board.set(.unrecognized(7), for: watched)
            }
            while seen.last != .unrecognized(7), let status = await items.next() {
                seen.append(status)
            }
            await setter.value
            #expect(!zip(seen, seen.dropFirst()).contains { $0 == $1 }, "seed \(seed): \(seen)")
            let set = changes.filter { $0.0 == watched }.map(\.1)
            #expect(isSubsequence(seen.dropFirst().dropLast(), of: set), "seed \(seed)")
        }
        #expect(board.watchCount == 0)
    }

    private func isSubsequence(
        _ part: some Sequence<ServingStatus>, of whole: [ServingStatus]
    ) -> Bool {
        var rest = whole[...]
        return part.allSatisfy { element in
            guard let index = rest.firstIndex(of: element) else { return false }
            rest = rest[(index + 1)...]
            return true
        }
    }
}
