// SPDX-License-Identifier: Apache-2.0

import CFloor
import Foundation

/// GetOrder of random orders against the socket's round trip and SQLite's own reads.
func measureReads(_ stage: Stage, _ report: inout Report) async throws {
    say("GetOrder")
    let count = stage.settings.operations(2_000)
    let caller = try Caller(path: stage.daemon.socket)
    let reader = try RawReader(path: stage.readerCopy.path)
    let medians = try await interleave(
        blocks: stage.settings.blocks,
        [
            stage.pingPong("socket-get", stage.sizes.get, count: count),
            Series(name: "sqlite-read") {
                try reader.read((0..<count).map { _ in stage.orderNumbers.randomElement() ?? 0 })
            },
            Series(name: "get-order") {
                try caller.call(
                    Stage.gets(stage.randomOrders(count), shop: stage.shop, ids: stage.ids))
            },
        ])
    report.floor("socket-get", medians[0] / 1000, "us")
    report.floor("sqlite-read", medians[1] / 1000, "us")
    report.add(
        "get-order", medians[2] / 1000, "us",
        ratio: medians[2] / (3 * medians[0] + 2 * medians[1]), .atMost(1))
}
