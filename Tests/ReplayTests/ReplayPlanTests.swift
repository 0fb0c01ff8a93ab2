// SPDX-License-Identifier: Apache-2.0

import Replay
import Testing

@Suite struct ReplayPlanTests {
    @Test func `an invoice is one order, and an item may stand on it twice`() throws {
        let plan = try Shop.plan(
            Shop.line("1", "A", 2), Shop.line("1", "A", 3), Shop.line("1", "B", 1, price: "9.5"))
        let order = try #require(plan.histories.first?.orders.first)
        #expect(order.lines.map(\.units) == [2, 3, 1])
        #expect(order.amount == 5 * 125 + 950)
    }

    @Test func `a C row takes the newest order first and then the one before`() throws {
        let plan = try Shop.plan(
            Shop.line("1", 5, at: "1"), Shop.line("2", 5, at: "2"), Shop.line("3", 5, at: "3"),
            Shop.line("C4", -7, at: "4"))
        #expect(plan.firstCancellation == ["3: 1×5", "2: 1×2"])
        #expect(plan.totals.cancellations == 1 && plan.totals.cancelCalls == 2)
        #expect(plan.totals.refunded == 7 * 125)
    }

    @Test func `lines of one order that hold the same item are one call`() throws {
        let plan = try Shop.plan(
            Shop.line("1", "A", 2), Shop.line("1", "B", 1), Shop.line("1", "A", 2),
            Shop.line("C2", "A", -3, at: "2"))
        #expect(plan.firstCancellation == ["1: 3×2 1×1"])
    }

    @Test(arguments: [
        ("another price", Shop.line("C2", "A", -1, at: "2", price: "1.26")),
        ("another item", Shop.line("C2", "B", -1, at: "2")),
        ("another customer", Shop.line("C2", "A", -1, at: "2", customer: "13086.0")),
        ("more than there is", Shop.line("C2", "A", -6, at: "2")),
        ("before the order", Shop.line("C2", "A", -1, at: "0")),
    ])
    func `a C row is carried out whole or not at all`(why: String, line: String) throws {
        let date = line.replacing("2010-01-00", with: "2009-12-31")
        let plan = try Shop.plan(Shop.line("1", "A", 5), date)
        #expect(plan.omitted == [.nothingToCancel: 1], "\(why)")
        #expect(plan.cancellations.isEmpty)
    }

    @Test func `units are canceled once`() throws {
        let plan = try Shop.plan(
            Shop.line("1", 5), Shop.line("C2", -3, at: "2"), Shop.line("C3", -3, at: "3"),
            Shop.line("C4", -2, at: "4"))
        #expect(plan.totals.cancellations == 2 && plan.totals.refunded == 5 * 125)
        #expect(plan.omitted == [.nothingToCancel: 1])
    }

    @Test func `rows of the same minute stay in the file's order`() throws {
        let late = try Shop.plan(Shop.line("C2", -1), Shop.line("1", 1))
        #expect(late.omitted == [.nothingToCancel: 1])
        let early = try Shop.plan(Shop.line("1", 1), Shop.line("C2", -1))
        #expect(early.totals.cancellations == 1)
    }

    @Test func `rows are taken in the order of their dates, not of the file`() throws {
        let plan = try Shop.plan(Shop.line("C2", -1, at: "2"), Shop.line("1", 1, at: "1"))
        #expect(plan.totals.cancellations == 1)
    }

    @Test func `the age of an order is that of its first row`() throws {
        let plan = try Shop.plan(
            Shop.line("1", "B", 1, at: "1"), Shop.line("2", "A", 1, at: "2"),
            Shop.line("1", "A", 1, at: "3"), Shop.line("C3", "A", -2, at: "4"))
        #expect(plan.firstCancellation == ["2: 1×1", "1: 2×1"])
    }

    @Test func `a wholesale line of 19,152 units is one line and one call`() throws {
        let plan = try Shop.plan(
            Shop.line("497946", "37410", 19_152, at: "1", price: "0.1"),
            Shop.line("C497947", "37410", -19_152, at: "2", price: "0.1"))
        #expect(plan.firstCancellation == ["497946: 1×19152"])
        #expect(plan.totals.refunded == 191_520)
    }

    /// A shop made of seeded numbers, planned, and then carried out by an independent account of
    /// what each line has left: no line goes below zero, each C row is met in full or counted.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func `a generated year cancels no unit twice and loses no row`(seed: UInt64) throws {
        var numbers = SeededNumbers(state: seed)
        let lines = (0..<4_000).map { row -> String in
            let cancels = Int.random(in: 0..<5, using: &numbers) == 0
            let invoice = row / Int.random(in: 1...6, using: &numbers)
            let units = Int64.random(in: 1...40, using: &numbers)
            let code = ["A", "B", "C"].randomElement(using: &numbers) ?? "A"
            let price = ["1.25", "2", "0.0", "0.001"].randomElement(using: &numbers) ?? "2"
            let customer = invoice % 10 == 0 ? "" : "\(invoice % 7).0"
            let day = String(1 + row / 150)
            return Shop.line(
                (cancels ? "C" : "") + "\(invoice)", code, cancels ? -units : units,
                at: day.count == 1 ? "0" + day : day, price: price, customer: customer)
        }
        let plan = ReplayPlan(try Shop.file(lines))
        var left: [String: Int64] = [:]
        var sales = 0
        for history in plan.histories {
            var bought = Set<Int>()
            for step in history.steps {
                switch step.action {
                case .order(let place):
                    bought.insert(place)
                    sales += history.orders[place].lines.count
                    for (line, row) in history.orders[place].lines.enumerated() {
                        left["\(history.orders[place].invoice)/\(line + 1)"] = row.units
                    }
                case .cancellation(let cancellation):
                    let places = cancellation.parts.map(\.order)
                    #expect(places == places.sorted(by: >), "seed \(seed)")
                    #expect(bought.isSuperset(of: places), "seed \(seed)")
                    let units = cancellation.parts.flatMap(\.selection).reduce(0) { $0 + $1.units }
                    #expect(units == cancellation.row.units, "seed \(seed)")
                    for part in cancellation.parts {
                        for one in part.selection {
                            let row = history.orders[part.order].lines[one.lineNumber - 1]
                            #expect(row.stockCode == cancellation.row.stockCode)
                            #expect(row.pence == cancellation.row.pence)
                            left["\(row.invoice)/\(one.lineNumber)", default: 0] -= one.units
                        }
                    }
                }
            }
        }
        #expect(left.values.allSatisfy { $0 >= 0 }, "seed \(seed)")
        let omitted = plan.omitted.values.reduce(0, +)
        #expect(sales + plan.totals.cancellations + omitted == lines.count, "seed \(seed)")
        #expect(plan.totals.cancellations > 50, "seed \(seed): the shop cancels something")
    }
}
