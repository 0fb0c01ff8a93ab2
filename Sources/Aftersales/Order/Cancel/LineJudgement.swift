// SPDX-License-Identifier: Apache-2.0

/// Judges selected lines one by one, and keeps what is refused of them.
struct LineJudgement {
    let order: Order
    let index: LineIndex
    private(set) var skipped: [SkippedItem] = []

    init(order: Order, index: LineIndex) {
        self.order = order
        self.index = index
    }

    /// What can be taken of a line; nil when nothing can.
    mutating func judge(_ line: Int, quantity: Int) -> CancelPlan.Take? {
        let open = index.count(.open, in: line)
        if let reason = refusal(of: line, open: open) {
            skip(line, quantity: quantity, open: open, reason: reason)
            return nil
        }
        if open < quantity {
            skip(line, quantity: quantity - open, open: open, reason: .quantityNotOpen)
        }
        return CancelPlan.Take(line: line, count: min(open, quantity))
    }

    mutating func skip(_ line: Int, quantity: Int, open: Int, reason: SkipReason) {
        skipped.append(
            SkippedItem(
                lineID: order.lines[line].lineID, quantity: quantity, open: open, reason: reason))
    }

    /// Why no unit of the line can be canceled, if none can.
    private func refusal(of line: Int, open: Int) -> SkipReason? {
        if order.lines[line].kind != .physical { return .notPhysical }
        if order.lines[line].sellerID != nil { return .useRequestCancellation }
        if open > 0 { return nil }
        let states = index.runs(line).map(\.state)
        if states.contains(.inProcess) || states.contains(.stopRequested) {
            return .inShippingProcess
        }
        return states.allSatisfy { $0 == .canceled } ? .alreadyCanceled : .alreadyShipped
    }

    /// Refuses the whole when any line is refused, for the first one's reason.
    func refuseSkipped() throws(Rejection) {
        if let rejection = firstRejection { throw rejection }
    }

    /// The first refused line's reason, naming every line refused for it.
    var firstRejection: Rejection? {
        guard let reason = skipped.first?.reason else { return nil }
        let same = skipped.filter { $0.reason == reason }
        let lines = same.map(\.lineID)
        switch reason {
        case .notPhysical: return .notPhysical(lines: lines)
        case .useRequestCancellation: return .useRequestCancellation(lines: lines)
        case .inShippingProcess: return .inShippingProcess(lines: lines)
        case .alreadyShipped: return .alreadyShipped(lines: lines)
        case .alreadyCanceled: return .alreadyCanceled(lines: lines)
        case .quantityNotOpen:
            return .quantityNotOpen(
                same.map {
                    LineShortfall(
                        lineID: $0.lineID, requested: $0.open + $0.quantity, open: $0.open)
                })
        case .bundleClosureRequired: return nil
        }
    }
}
