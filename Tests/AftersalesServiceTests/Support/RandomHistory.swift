// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import TTRPC

/// A shop's day, made up from a seed: calls that may be refused, in any order.
struct RandomHistory {
    private var random: SplitMix
    private let client: InProcessClient
    private(set) var orders: [Order] = []
    /// Calls that were taken.
    private(set) var taken = 0

    init(seed: UInt64, client: InProcessClient) {
        random = SplitMix(seed: seed)
        self.client = client
    }

    mutating func run(steps: Int) async throws {
        for step in 0..<steps {
            let isTaken: Bool =
                switch Int.random(in: 0..<10, using: &random) {
                case 0, 1: try await importOrder(step)
                case 2, 3, 4: await cancel()
                case 5, 6: await beginShipping(step)
                case 7: await report(step)
                case 8: await stop()
                default: await reportTender()
                }
            taken += isTaken ? 1 : 0
        }
    }

    private mutating func importOrder(_ step: Int) async throws -> Bool {
        var lines: [OrderLineIntake] = []
        var bundles: [OrderBundle] = []
        for number in 0..<Int.random(in: 1...4, using: &random) {
            lines.append(
                .line(
                    "l\(number)", Int64.random(in: 0...5_000, using: &random),
                    quantity: Int64.random(in: 1...7, using: &random),
                    kind: Int.random(in: 0..<8, using: &random) == 0 ? .digital : .physical,
                    seller: Int.random(in: 0..<8, using: &random) == 0 ? "sel-1" : ""))
        }
        if Bool.random(using: &random) {
            for name in ["x", "y", "z"] {
                lines.append(
                    .line(name, Int64.random(in: 1...900, using: &random), bundle: "b"))
            }
            bundles = [OrderBundle(bundleID: "b", discount: .eur(3))]
        }
        var request = ImportOrderRequest.order(
            "o-\(step)", lines: lines, bundles: bundles,
            shipping: Int64.random(in: 0...700, using: &random), tenders: [])
        let total = request.totals?.grandTotal?.minorUnits ?? 0
        if total > 0 { request.tenders = tenders(total) }
        orders.append(try await client.imported(request))
        return true
    }

    private mutating func tenders(_ total: Int64) -> [TenderIntake] {
        let gift =
            total > 1 && Bool.random(using: &random)
            ? Int64.random(in: 1..<total, using: &random) : 0
        let card = total - gift
        let captured = [0, card / 2, card].randomElement(using: &random) ?? card
        let authorized = max(captured, Bool.random(using: &random) ? card : captured)
        return (gift > 0 ? [.giftCard(gift)] : [])
            + [.card(card, authorized: authorized, captured: captured)]
    }

    private mutating func pick() -> (Order, [(String, Int64)])? {
        guard let order = orders.randomElement(using: &random) else { return nil }
        let lines = order.lines.shuffled(using: &random).prefix(
            Int.random(in: 1...2, using: &random))
        return (order, lines.map { ($0.lineID, Int64.random(in: 1...$0.quantity, using: &random)) })
    }

    private mutating func cancel() async -> Bool {
        guard let (order, lines) = pick() else { return false }
        let closure = Bool.random(using: &random)
        let partial = Bool.random(using: &random)
        let client = client
        return await refusal { () async throws(RPCError) in
            try await client.cancel(order, lines, closure: closure, partial: partial)
        } == nil
    }

    private mutating func beginShipping(_ step: Int) async -> Bool {
        guard let (order, lines) = pick() else { return false }
        let client = client
        let request = BeginShippingRequest(
            requestID: newKey(), orderID: order.orderID,
            externalShipmentID: "\(order.externalOrderID)-\(step % 5)",
            units: lines.map { UnitSelection(lineID: $0.0, quantity: $0.1) })
        return await refusal { () async throws(RPCError) in
            try await client.warehouse.beginShipping(request)
        } == nil
    }

    private mutating func report(_ step: Int) async -> Bool {
        guard let order = orders.randomElement(using: &random) else { return false }
        let types: [ShipmentEventType] = [.labeled, .pickedUp, .inTransit, .delivered]
        let events = (0..<Int.random(in: 1...3, using: &random)).map { _ in
            let type = types.randomElement(using: &random) ?? .pickedUp
            return ShipmentEventReport.report(
                "\(order.externalOrderID)-\(Int.random(in: 0..<5, using: &random))",
                "e\(Int.random(in: 0..<step + 1, using: &random))", type,
                at: 1_700_000_000 + Int64.random(in: 0...50, using: &random))
        }
        let client = client
        return await refusal { () async throws(RPCError) in
            try await client.warehouse.reportShipmentEvents(
                ReportShipmentEventsRequest(requestID: newKey(), events: events))
        } == nil
    }

    private mutating func stop() async -> Bool {
        let client = client
        let outcomes: [TaskOutcome] = [.done, .tooLate, .failed, .released]
        let outcome = outcomes.randomElement(using: &random) ?? .done
        return await refusal { () async throws(RPCError) in
            let leased = try await client.warehouse.leaseTasks(
                LeaseWarehouseTasksRequest(requestID: newKey(), kinds: [.stop]))
            for task in leased.tasks {
                _ = try await client.warehouse.ackTask(
                    AckTaskRequest(
                        requestID: newKey(), taskID: task.taskID, leaseToken: task.leaseToken,
                        outcome: outcome))
            }
        } == nil
    }

    private mutating func reportTender() async -> Bool {
        guard let tender = orders.randomElement(using: &random)?.tender("card") else {
            return false
        }
        let reports: [TenderReport] = [.authorized, .captured, .captured, .voided, .expired]
        let report = reports.randomElement(using: &random) ?? .captured
        let amount = Int64.random(
            in: 1...max(1, tender.amount?.minorUnits ?? 1), using: &random)
        let client = client
        return await refusal { () async throws(RPCError) in
            try await client.payments.reportTender(
                ReportTenderRequest(
                    requestID: newKey(), target: .tenderID(tender.tenderID), report: report,
                    amount: report == .authorized || report == .captured ? .eur(amount) : nil))
        } == nil
    }
}
