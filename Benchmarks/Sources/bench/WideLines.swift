// SPDX-License-Identifier: Apache-2.0

/// CancelItems of one unit out of a line of three and out of a line of 19,152.
func measureWideLines(_ stage: Stage, _ report: inout Report) async throws {
    say("CancelItems, a wide line")
    let blocks = stage.settings.blocks
    let count = max(stage.shop.apart / (blocks + 1), 1)
    let caller = try Caller(path: stage.daemon.socket)
    func blocksOf(_ orders: Range<Int>) throws -> [PreparedCalls] {
        var draw = Draw(orders: orders, lines: 1)
        return try (0...blocks).map { _ in
            Stage.cancels(try draw.take(count), shop: stage.shop, ids: stage.ids)
        }
    }
    var narrow = try blocksOf(stage.shop.narrow).makeIterator()
    var wide = try blocksOf(stage.shop.wide).makeIterator()
    let medians = try await interleave(
        blocks: blocks,
        [
            Series(name: "cancel-line-3") { try narrow.next().map(caller.call) ?? [] },
            Series(name: "cancel-line-\(Settings.wideQuantity)") {
                try wide.next().map(caller.call) ?? []
            },
        ])
    report.floor("cancel-line-3", medians[0] / 1000, "us")
    report.add(
        "cancel-line-\(Settings.wideQuantity)", medians[1] / 1000, "us",
        ratio: medians[1] / medians[0], .atMost(1.2))
}
