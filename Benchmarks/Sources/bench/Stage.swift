// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import CFloor
import Foundation
import ProtobufC

/// What the groups of figures share: the daemon, its orders, the floors' copies.
struct Stage {
    let settings: Settings
    let shop: Shop
    let ids: [String]
    let daemon: Daemon
    let socket: RawSocket
    /// The daemon's own file as it was after one cancellation, for the raw reader.
    let readerCopy: URL
    /// The same for the raw writer.
    let writerCopy: URL
    /// Numbers of the narrow orders in the database.
    let orderNumbers: [Int64]
    /// Bytes of a frame each way, by method.
    let sizes: Sizes

    struct Sizes {
        var echo = (request: 0, reply: 0)
        var get = (request: 0, reply: 0)
        var cancel = (request: 0, reply: 0)
    }

    /// Prepares a Check of the whole server, so often.
    static func echoes(_ count: Int) -> PreparedCalls {
        let calls = PreparedCalls(service: "grpc.health.v1.Health", method: "Check")
        for _ in 0..<count { calls.append([]) }
        return calls
    }

    /// Prepares a GetOrder of each order.
    static func gets(_ orders: [Int], shop: Shop, ids: [String]) -> PreparedCalls {
        let calls = PreparedCalls(service: orderService, method: "GetOrder")
        for order in orders {
            calls.append(shop.getRequest(ids[order], order: order).encoded())
        }
        return calls
    }

    /// Prepares a CancelItems of one unit of each line.
    static func cancels(
        _ units: [(order: Int, line: Int)], shop: Shop, ids: [String]
    ) -> PreparedCalls {
        let calls = PreparedCalls(service: orderService, method: "CancelItems")
        for unit in units {
            calls.append(
                shop.cancelRequest(ids[unit.order], order: unit.order, line: unit.line).encoded())
        }
        return calls
    }

    private static let orderService = "aftersales.v1.OrderService"

    /// Random regular orders.
    func randomOrders(_ count: Int) -> [Int] {
        (0..<count).map { _ in Int.random(in: 0..<shop.regular) }
    }

    /// A round trip of the raw socket with a method's sizes.
    func pingPong(_ name: String, _ sizes: (request: Int, reply: Int), count: Int) -> Series {
        Series(name: "\(name) (\(sizes.request) bytes there, \(sizes.reply) back)") {
            try socket.pingPong(request: sizes.request, reply: sizes.reply, count: count)
        }
    }
}
