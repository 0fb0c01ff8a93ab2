// SPDX-License-Identifier: Apache-2.0

import CFloor
import Foundation

/// What the figures about cancellations share: the raw writer, and what is left to cancel.
struct CancelStage {
    let stage: Stage
    let writer: RawWriter
    /// Lines of the daemon's orders, by the order's number in the shop.
    private var ours: Draw
    /// Lines of the raw writer's orders, by place in `orderNumbers`.
    private var theirs: Draw

    init(_ stage: Stage) throws(BenchError) {
        self.stage = stage
        writer = try RawWriter(path: stage.writerCopy.path)
        let orders = 0..<min(stage.shop.regular, stage.orderNumbers.count)
        ours = Draw(orders: orders, lines: Shop.lines)
        theirs = Draw(orders: orders, lines: Shop.lines)
    }

    /// Calls of each round: as scaled, but in all rounds no more than a share of all lines.
    func operations(_ count: Int, share: Double, rounds: Int) -> Int {
        let lines = Double(stage.shop.regular * Shop.lines)
        return max(min(stage.settings.operations(count), Int(lines * share) / rounds), 1)
    }

    /// Prepares CancelItems of so many units.
    mutating func calls(_ count: Int) throws(BenchError) -> PreparedCalls {
        Stage.cancels(try ours.take(count), shop: stage.shop, ids: stage.ids)
    }

    /// Gives so many units to the raw writer.
    mutating func targets(_ count: Int) throws(BenchError) -> [floor_target] {
        try theirs.take(count).map { unit in
            floor_target(order: stage.orderNumbers[unit.order], line: Int64(unit.line))
        }
    }
}

/// One caller: what a cancellation takes from its first byte to its last.
func measureOneCaller(_ cancels: inout CancelStage, _ report: inout Report) async throws {
    say("CancelItems, 1 caller")
    let stage = cancels.stage
    let blocks = stage.settings.blocks + 1
    let count = cancels.operations(300, share: 0.2, rounds: blocks)
    let caller = try Caller(path: stage.daemon.socket)
    // Drawn before, since the series below cannot draw while they run.
    let calls = try (0..<blocks).map { _ in try cancels.calls(count) }
    let targets = try (0..<blocks).map { _ in try cancels.targets(count) }
    let writer = cancels.writer
    var ours = calls.makeIterator()
    var theirs = targets.makeIterator()
    let medians = try await interleave(
        blocks: stage.settings.blocks,
        [
            stage.pingPong("socket-cancel", stage.sizes.cancel, count: count),
            Series(name: "sqlite-write") {
                try theirs.next().map { try writer.write($0, batch: 1) } ?? []
            },
            Series(name: "cancel-1") {
                try ours.next().map { try caller.call($0) } ?? []
            },
        ])
    say("  rows of a raw transaction: \(writer.rowsWritten)")
    report.floor("socket-cancel", medians[0] / 1000, "us")
    report.floor("sqlite-write", medians[1] / 1000, "us")
    report.add(
        "cancel-1", medians[2] / 1000, "us", ratio: medians[2] / (medians[0] + medians[1]),
        .atMost(2))
}

/// Many callers: what the group commit makes of them.
func measureManyCallers(_ cancels: inout CancelStage, _ report: inout Report) async throws {
    say("CancelItems, \(Settings.callers) callers")
    let stage = cancels.stage
    let blocks = stage.settings.blocks + 1
    let count = cancels.operations(3_200, share: 0.6, rounds: blocks)
    let connections = try (0..<stage.settings.connections).map { _ in
        try Caller(path: stage.daemon.socket)
    }
    let calls = try (0..<blocks).map { _ in try cancels.calls(count) }
    let targets = try (0..<blocks).map { _ in try cancels.targets(count) }
    let writer = cancels.writer
    var ours = calls.makeIterator()
    var theirs = targets.makeIterator()
    // A block gives one time: nanoseconds per call.
    let medians = try await interleave(
        blocks: stage.settings.blocks,
        [
            Series(name: "sqlite-write-64, per call") {
                guard let targets = theirs.next() else { return [] }
                let times = try writer.write(targets, batch: Settings.callers)
                return [times.reduce(0, +) / UInt64(count)]
            },
            Series(name: "cancel-64, per call") {
                guard let calls = ours.next() else { return [] }
                let elapsed = try callMany(connections, callers: Settings.callers, calls)
                return [elapsed / UInt64(count)]
            },
        ])
    report.floor("sqlite-write-64", 1e9 / medians[0], "calls/s")
    report.add(
        "cancel-64", 1e9 / medians[1], "calls/s", ratio: medians[0] / medians[1], .atLeast(0.5))
}
