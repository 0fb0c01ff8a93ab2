// SPDX-License-Identifier: Apache-2.0

import AftersalesClient
import CFloor
import TTRPC
import TTRPCServices

/// Check of the health service against the raw socket.
func measureEcho(_ stage: Stage, _ report: inout Report) async throws {
    say("Echo")
    let count = stage.settings.operations(4_000)
    let caller = try Caller(path: stage.daemon.socket)
    let desk = AftersalesClient(socketPath: stage.daemon.socket)
    let client = Client(path: stage.daemon.socket)
    let onLoop = AftersalesClient(rpc: client)
    let calls = Stage.echoes(count)
    let medians = try await interleave(
        blocks: stage.settings.blocks,
        [
            stage.pingPong("socket-echo", stage.sizes.echo, count: count),
            Series(name: "echo-c") { try caller.call(calls) },
            Series(name: "echo-swift") { try await echo(desk, count: count) },
            Series(name: "echo-swift-loop") {
                try await withTaskExecutorPreference(client.executor) {
                    try await echo(onLoop, count: count)
                }
            },
        ])
    report.floor("socket-echo", medians[0] / 1000, "us")
    report.add(
        "echo-c", medians[1] / 1000, "us", ratio: medians[1] / medians[0], .atMost(3))
    report.add(
        "echo-swift", medians[2] / 1000, "us", ratio: medians[2] / medians[0], .atMost(5))
    report.add(
        "echo-swift-loop", medians[3] / 1000, "us", ratio: medians[3] / medians[0], .atMost(5))
}

/// One call after another by the async client, from the thread pool unless the task prefers
/// another executor.
@concurrent private func echo(_ desk: AftersalesClient, count: Int) async throws -> [UInt64] {
    var times: [UInt64] = []
    times.reserveCapacity(count)
    for _ in 0..<count {
        let start = floor_now()
        let status = try await desk.health()
        times.append(floor_now() - start)
        guard status == .serving else { throw BenchError("the daemon does not serve") }
    }
    return times
}
