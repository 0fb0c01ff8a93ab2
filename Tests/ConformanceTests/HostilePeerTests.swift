// SPDX-License-Identifier: Apache-2.0

import Testing

/// Peers that hold on to what a server has of everything: memory, descriptors, time.
@Suite(.timeLimit(.minutes(10))) struct HostilePeerTests {
    /// Beyond the bytes that may wait: what the allocator and the buffers that are being filled
    /// take.
    private static let slackKiB = 24 << 10

    /// Sends without reading until nothing more is taken for a second.
    private func fill(_ peers: [RawPeer], _ frames: (Int) -> [UInt8], bytesMax: Int) async throws {
        var rest: [ArraySlice<UInt8>] = peers.map { _ in [] }
        var next = [Int](repeating: 0, count: peers.count)
        var sent = 0
        var idleRounds = 0
        while idleRounds < 100, sent < bytesMax {
            var isMoving = false
            for (index, peer) in peers.enumerated() {
                if rest[index].isEmpty {
                    rest[index] = frames(next[index])[...]
                    next[index] += 1
                }
                guard let count = peer.sendWithoutWaiting(rest[index]) else { continue }
                rest[index] = rest[index].dropFirst(count)
                sent += count
                isMoving = isMoving || count > 0
            }
            idleRounds = isMoving ? 0 : idleRounds + 1
            if !isMoving { try await Task.sleep(for: .milliseconds(10)) }
        }
    }

    @Test(arguments: [1, 16])
    func `peers that never read do not make the server grow`(connections: Int) async throws {
        try await withEchoServer { (server) async throws in
            let warm = try server.connect()
            warm.send(Wire.call(1, "Echo"))
            #expect(try warm.next()?.id == 1)
            let before = try ProcessFigures(of: server.processID).residentKiB
            let peers = try (0..<connections).map { _ in try server.connect() }
            let payload = Wire.field(1, [UInt8](repeating: 1, count: 60_000))
            try await fill(
                peers, { Wire.call(UInt32(2 * $0 + 1), "Echo", payload) }, bytesMax: 512 << 20)
            let after = try ProcessFigures(of: server.processID).residentKiB
            print("\(connections) peers that never read: \(before) KiB before, \(after) after")
            // The defaults: 8 MiB for a connection, 32 MiB for a user.
            let bound = min(connections * (8 << 10), 32 << 10)
            #expect(after <= before + bound + Self.slackKiB)
            warm.send(Wire.call(3, "Echo"))
            #expect(try warm.next()?.id == 3)
        }
    }

    @Test func `a stream that is never read does not make the server grow`() async throws {
        try await withEchoServer { (server) async throws in
            let before = try ProcessFigures(of: server.processID).residentKiB
            let peers = try (0..<16).map { _ in try server.connect() }
            for peer in peers {
                peer.send(
                    Wire.call(1, "Flood", Wire.number(60_000), flags: Wire.remoteClosed))
                // The handler runs by then, and goes on until something stops it.
                #expect(try peer.next()?.type == Wire.data)
            }
            try await Task.sleep(for: .seconds(1))
            let after = try ProcessFigures(of: server.processID).residentKiB
            print("16 streams that are never read: \(before) KiB before, \(after) after")
            #expect(after <= before + 16 * (1 << 10) + Self.slackKiB)
        }
    }

    @Test func `items that no handler takes do not make the server grow`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            let before = try ProcessFigures(of: server.processID).residentKiB
            // Chat writes back what it takes, and stops taking when nobody reads.
            peer.send(Wire.call(1, "Chat", flags: Wire.remoteOpen))
            let item = Wire.item(1, Wire.field(1, [UInt8](repeating: 1, count: 60_000)))
            try await fill([peer], { _ in item }, bytesMax: 256 << 20)
            let after = try ProcessFigures(of: server.processID).residentKiB
            print("items that no handler takes: \(before) KiB before, \(after) after")
            // 64 items and the queue before streams wait.
            #expect(after <= before + (8 << 10) + Self.slackKiB)
        }
    }

    @Test func `without descriptors the server waits, and serves when it has some`() async throws {
        try await withEchoServer(["--files", "32"]) { (server) async throws in
            let first = try server.connect()
            first.send(Wire.call(1, "Echo"))
            #expect(try first.next()?.id == 1)
            var crowd = try (0..<60).map { _ in try server.connect() }
            try await Task.sleep(for: .milliseconds(500))
            let before = try ProcessFigures.processorTicks(of: server.processID)
            try await Task.sleep(for: .seconds(3))
            let used = try ProcessFigures.processorTicks(of: server.processID) - before
            print("ticks of 300 while out of descriptors: \(used)")
            // A loop that spins takes 300 of these hundredths, or what the machine leaves it.
            #expect(used < 60)
            first.send(Wire.call(3, "Echo"))
            #expect(try first.next()?.id == 3)
            crowd.removeAll()
            let late = try server.connect()
            late.send(Wire.call(1, "Echo"))
            #expect(try late.next()?.id == 1)
        }
    }

    @Test func `a user's connections are bounded, and free again when they end`() async throws {
        try await withEchoServer(["--connections-per-user", "4"]) { (server) async throws in
            var peers: [RawPeer] = []
            for _ in 0..<4 {
                let peer = try server.connect()
                peer.send(Wire.call(1, "Echo"))
                #expect(try peer.next()?.id == 1)
                peers.append(peer)
            }
            let refused = try server.connect()
            refused.send(Wire.call(1, "Echo"))
            // Closed, or answered with a reason first; never served.
            #expect(try refused.next()?.code != 0)
            peers.removeAll()
            var isServed = false
            while !isServed {
                let peer = try server.connect()
                peer.send(Wire.call(1, "Echo"))
                isServed = try peer.next()?.code == 0
            }
        }
    }
}
