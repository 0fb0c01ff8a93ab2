// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import ProtobufC
import TTRPC
import Testing

/// Calls that want the same unit at the same time, over connections of their own.
@Suite struct RaceTests {
    private struct Race {
        let cancel: Result<CancelItemsResponse, RPCError>
        let ship: BeginShippingResponse
        let order: Order
        let option: CancelOption?
        let legs: [Refund]
    }

    private func run(
        _ round: Int, _ customers: AftersalesClient, _ warehouse: AftersalesClient
    ) async throws -> Race {
        var basket = Basket()
        basket.add("unit", 9_90)
        basket.totals.grandTotal = basket.money(9_90)
        basket.pay(.card, 9_90)
        let order = try await customers.place(basket)
        let cancel = { () async throws -> Result<CancelItemsResponse, RPCError> in
            do {
                return .success(try await customers.cancel(order, [("unit", 1)]))
            } catch let error as RPCError {
                return .failure(error)
            }
        }
        // Who is sent first changes from round to round, so that both sides get to win.
        let outcome: (Result<CancelItemsResponse, RPCError>, BeginShippingResponse)
        if (round / 4).isMultiple(of: 2) {
            async let canceled = cancel()
            async let shipped = warehouse.beginShipping(order, "unit")
            outcome = (try await canceled, try await shipped)
        } else {
            async let shipped = warehouse.beginShipping(order, "unit")
            async let canceled = cancel()
            outcome = (try await canceled, try await shipped)
        }
        let options = try await customers.orders.getCancelOptions(
            GetCancelOptionsRequest(orderID: order.orderID, onBehalfOf: customer),
            options: .idempotent)
        return Race(
            cancel: outcome.0, ship: outcome.1, order: try await customers.current(order),
            option: options.options.first, legs: try await customers.legs(order))
    }

    private func check(_ race: Race, _ round: Int) throws -> Bool {
        let comment: Comment = "round \(round)"
        switch race.cancel {
        case .success(let reply):
            #expect(reply.refundTotal == 9_90, comment)
            #expect(race.ship.accepted.isEmpty, comment)
            #expect(race.ship.rejected.map(\.reason) == [.canceled], comment)
            #expect(race.ship.shipmentID.isEmpty, comment)
            #expect(race.order.units.map(\.state) == [.canceled], comment)
            #expect(race.legs.map { $0.amount?.minorUnits } == [9_90], comment)
            #expect(race.option?.action == CancelAction.none, comment)
            return true
        case .failure(let error):
            #expect(error.reason == "FAILED_PRECONDITION/IN_SHIPPING_PROCESS", comment)
            let lines = try error.list(LineRefusals.self)?.lines
            #expect(lines?.map(\.lineID) == ["unit"], comment)
            #expect(race.ship.accepted.map(\.count) == [1], comment)
            #expect(race.ship.rejected.isEmpty, comment)
            #expect(race.order.units.map(\.state) == [.inProcess], comment)
            #expect(race.legs.isEmpty, comment)
            #expect(race.option?.action == .refuseOrReturn, comment)
            #expect(race.option?.reason == .inShippingProcess, comment)
            return false
        }
    }

    @Test func `of a cancellation and the shipping process exactly one gets the unit`()
        async throws
    {
        let rounds = setting("AFTERSALES_RACES", default: 1_000)
        let stage = try await Stage()
        // Some races at a time share the daemon's batches; each has two connections of its own.
        let tracks = 4
        let canceled = try await withThrowingTaskGroup(of: Int.self) { group in
            for track in 0..<tracks {
                let (customers, warehouse) = (stage.desk(), stage.desk())
                group.addTask {
                    var canceled = 0
                    for round in stride(from: track, to: rounds, by: tracks) {
                        let race = try await run(round, customers, warehouse)
                        if try check(race, round) { canceled += 1 }
                    }
                    return canceled
                }
            }
            return try await group.reduce(0, +)
        }
        print("races: \(rounds), the cancellation won \(canceled)")
        #expect(canceled > 0 && canceled < rounds, "always the same one won: that was no race")
        let inbox = "SELECT count(*) FROM message"
        #expect(try await stage.stop() == 0)
        #expect(try StoppedDatabase(stage.place).scalar(inbox) == "\(canceled)")
    }

    @Test func `twins of one key get the same bytes, and rivals never more units than there are`()
        async throws
    {
        let stage = try await Stage()
        let desk = stage.desk()
        var basket = Basket()
        basket.add("unit", 3_33, quantity: 13)
        basket.totals = OrderTotals(shipping: basket.money(5_00), grandTotal: basket.money(48_29))
        basket.pay(.card, 48_29)
        let order = try await desk.place(basket)
        let requests = (0..<20).map { _ in cancelRequest(order, [("unit", 1)]) }
        let connections = (0..<40).map { _ in stage.connection() }
        typealias Answer = (key: Int, reply: Result<[UInt8], RPCError>)
        let answers = await withTaskGroup(of: Answer.self) { group in
            for (number, connection) in connections.enumerated() {
                let request = requests[number / 2]
                group.addTask {
                    do throws(RPCError) {
                        let reply = try await connection.unary(
                            OrderServiceMethod.cancelItems, request.encoded(), options: .idempotent)
                        return (number / 2, .success(reply.payload))
                    } catch {
                        return (number / 2, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [Answer]()) { $0.append($1) }
        }
        let byKey = Dictionary(grouping: answers, by: \.key).mapValues { Set($0.map(\.reply)) }
        #expect(byKey.count == 20)
        #expect(byKey.values.allSatisfy { $0.count == 1 }, "twins differ")
        var units: [Int64] = []
        var refunded: Int64 = 0
        for answer in byKey.values.joined() {
            switch answer {
            case .success(let bytes):
                let reply = try CancelItemsResponse.decode(bytes.span)
                units += reply.confirmation?.canceled.map(\.firstUnit) ?? []
                refunded += reply.refundTotal
            case .failure(let error):
                #expect(error.reason == "FAILED_PRECONDITION/ALREADY_CANCELED")
            }
        }
        #expect(units.sorted() == Array(0..<13), "each unit is confirmed to one caller")
        #expect(refunded == 48_29, "the last unit brings shipping back")
        #expect(try await desk.current(order).state == .canceled)
        #expect(try await desk.inbox(order).count == 13)
        #expect(try await stage.stop() == 0)
        #expect(try StoppedDatabase(stage.place).broken(orders: [order.orderID]).isEmpty)
    }
}
