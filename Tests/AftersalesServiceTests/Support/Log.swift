// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesStore

/// One entry of the log, without the domain's types.
struct LoggedEvent: Sendable {
    var seq: Int64
    var aggregate: String
    var version: Int64
    var type: String
    var actor: String
    var payload: [UInt8]
}

extension TestDesk {
    /// The whole log.
    func log() throws -> [LoggedEvent] {
        try store.read(lane: 0) { snapshot in
            var events: [LoggedEvent] = []
            while true {
                let page = try snapshot.events(after: events.last?.seq ?? 0, limit: 500)
                guard !page.isEmpty else { return events }
                events += page.map {
                    LoggedEvent(
                        seq: $0.seq, aggregate: "\($0.row.aggregate)", version: $0.row.version,
                        type: $0.row.type, actor: $0.row.actor, payload: $0.row.payload)
                }
            }
        }
    }

    /// The number of the last event, if the chain of hashes holds all the way.
    func verifiedHead() throws -> Int64? {
        try store.read(lane: 0) { snapshot in
            guard case .whole(let last, _) = try snapshot.verifyChain() else { return nil }
            return last
        }
    }

    /// What does not hold of an order and its money.
    func brokenInvariants(of publicID: String) throws -> [String] {
        try store.read(lane: 0) { snapshot in
            guard let id = OrderID(text: publicID), let order = try snapshot.order(id) else {
                return ["no order"]
            }
            let legs = try snapshot.refunds(
                RefundQuery(customerID: order.customerID, orderID: id), limit: 1_000)
            return Invariants.check(
                order: order, obligations: try snapshot.obligations(of: id), legs: legs)
        }
    }

    /// Open incidents and the units they are about.
    func incidents() throws -> [(id: String, first: Int, count: Int)] {
        try store.read(lane: 0) { snapshot in
            try snapshot.openIncidents(limit: 100).map {
                (IncidentID($0.id).text, $0.first, $0.count)
            }
        }
    }
}
