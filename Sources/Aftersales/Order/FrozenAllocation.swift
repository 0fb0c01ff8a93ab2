// SPDX-License-Identifier: Apache-2.0

/// The allocation of an order's money to its units, made once, at import.
///
/// In this order: line discount over the line's units by list price; bundle discount over the
/// instance's units by price after that; order discount over eligible units by price after both;
/// line tax over the line's units by net; order tax over all units by net; shipping over physical
/// units by net, as a share that only faults of shop or carrier bring back.
struct FrozenAllocation {
    /// Like units, in unit order; at most one piece more than lines and allocations together.
    private(set) var pieces: [Piece] = []

    struct Piece {
        var line: Int
        var count: Int
        var list: Int64
        /// Price after the discounts so far; the net at the end.
        var price: Int64
        var tax: Int64 = 0
        var shippingShare: Int64 = 0
    }

    /// Allocates a checked intake.
    init(_ intake: OrderIntake) throws(Rejection) {
        for (index, line) in intake.lines.enumerated() {
            pieces.append(
                Piece(
                    line: index, count: line.quantity, list: line.unitListPrice,
                    price: line.unitListPrice))
        }
        let lines = intake.lines
        discount(lines.map(\.discount))
        for bundle in intake.bundles where bundle.discount > 0 {
            discount(bundle.discount) { lines[$0.line].bundle?.bundleID == bundle.bundleID }
        }
        let eligible = pieces.filter { lines[$0.line].takesOrderDiscount }
        let base = eligible.reduce(0) { $0 + $1.price * Int64($1.count) }
        if intake.orderDiscount > base {
            throw .discountExceeds(field: "totals.order_discount", base: base)
        }
        discount(intake.orderDiscount) { lines[$0.line].takesOrderDiscount }
        tax(lines.map(\.tax))
        spread(intake.orderTax, over: { _ in true }, add: \.tax)
        let shipping = intake.shipping - intake.shippingDiscount + intake.shippingTax
        spread(shipping, over: { lines[$0.line].kind == .physical }, add: \.shippingShare)
    }

    /// Takes each line's own discount off; the pieces are still one for each line.
    private mutating func discount(_ perLine: [Int64]) {
        var cut: [Piece] = []
        for (piece, amount) in zip(pieces, perLine) {
            let group = WeightGroup(weight: piece.price, count: piece.count)
            for run in Allocation.largestRemainder(amount, over: [group])[0] {
                var part = piece
                part.count = run.count
                part.price -= run.share
                cut.append(part)
            }
        }
        pieces = cut
    }

    private mutating func discount(_ amount: Int64, where applies: (Piece) -> Bool) {
        spread(amount, over: applies, add: nil)
    }

    /// Puts each line's own tax on, line after line in one pass over the pieces.
    private mutating func tax(_ perLine: [Int64]) {
        var cut: [Piece] = []
        var start = 0
        while start < pieces.count {
            let line = pieces[start].line
            let end = pieces[start...].firstIndex { $0.line != line } ?? pieces.count
            cut += Self.spread(perLine[line], over: Array(pieces[start..<end]), add: \.tax)
            start = end
        }
        pieces = cut
    }

    /// Spreads an amount over some pieces by price; `target` nil takes it off the price.
    private mutating func spread(
        _ amount: Int64, over applies: (Piece) -> Bool, add target: WritableKeyPath<Piece, Int64>?
    ) {
        guard amount > 0 else { return }
        let chosen = pieces.filter(applies)
        guard !chosen.isEmpty else { return }
        var parts = Self.spread(amount, over: chosen, add: target)[...]
        var cut: [Piece] = []
        for piece in pieces {
            guard applies(piece) else {
                cut.append(piece)
                continue
            }
            var left = piece.count
            while left > 0, let part = parts.popFirst() {
                left -= part.count
                cut.append(part)
            }
        }
        pieces = cut
    }

    private static func spread(
        _ amount: Int64, over pieces: [Piece], add target: WritableKeyPath<Piece, Int64>?
    ) -> [Piece] {
        guard amount > 0 else { return pieces }
        let shares = Allocation.largestRemainder(
            amount,
            overFirstOf: [
                pieces.map { WeightGroup(weight: $0.price, count: $0.count) },
                pieces.map { WeightGroup(weight: $0.list, count: $0.count) },
            ])
        var cut: [Piece] = []
        for (piece, runs) in zip(pieces, shares) {
            for run in runs {
                var part = piece
                part.count = run.count
                if let target {
                    part[keyPath: target] += run.share
                } else {
                    part.price -= run.share
                }
                cut.append(part)
            }
        }
        return cut
    }
}
