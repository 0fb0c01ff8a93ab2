// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import AftersalesStore
import TTRPC

/// A warehouse asks for work: tasks that wait, oldest first, for some time its own.
struct TaskLease: Sendable {
    private let kinds: Set<Aftersales.WarehouseTaskKind>
    private let countMax: Int
    private let seconds: Int64
    private let seller: String?
    private let token: Int64

    /// What AckTask can end, and so what a warehouse gets that asks for no kind by name.
    private static let kindsServed: Set<Aftersales.WarehouseTaskKind> = [.stop]
    private static let countDefault = 10
    private static let secondsDefault: Int64 = 60

    init(_ request: LeaseWarehouseTasksRequest, seller: String?) throws(RPCError) {
        var kinds: Set<Aftersales.WarehouseTaskKind> = []
        for (index, kind) in request.kinds.enumerated() {
            kinds.insert(try kind.domain("kinds[\(index)]"))
        }
        self.kinds = kinds.isEmpty ? Self.kindsServed : kinds
        guard (0...OrderLimits.leaseTasksMax).contains(Int(request.maxTasks)) else {
            throw RejectionStatus.error(
                .tooMany(field: "max_tasks", countMax: OrderLimits.leaseTasksMax))
        }
        countMax = request.maxTasks == 0 ? Self.countDefault : Int(request.maxTasks)
        seconds = request.leaseSeconds == 0 ? Self.secondsDefault : Int64(request.leaseSeconds)
        guard OrderLimits.leaseSeconds.contains(seconds) else {
            throw RejectionStatus.error(.leaseLength(field: "lease_seconds"))
        }
        self.seller = seller
        token = try RequestKey(request).number
    }

    /// Leases what can be leased now and saves it.
    func take(in transaction: borrowing Transaction) throws -> LeaseWarehouseTasksResponse {
        let waiting = try transaction.leasableTasks(
            kinds: kinds, at: transaction.now,
            limit: seller == nil ? countMax : StoreLimits.pageMax)
        var leased: [Aftersales.WarehouseTask] = []
        var shown: [AftersalesAPI.WarehouseTask] = []
        for task in waiting where leased.count < countMax {
            guard let order = try transaction.order(task.orderID),
                seller == nil || order.lines[task.line].sellerID == seller,
                let lease = try task.leased(token: token, seconds: seconds, now: transaction.now)
            else { continue }
            let shipment = try order.runs.first { $0.first <= task.first && task.first < $0.end }?
                .shipment.flatMap { try transaction.shipment($0) }
            leased.append(lease)
            shown.append(AftersalesAPI.WarehouseTask(lease, order: order, shipment: shipment))
        }
        try transaction.save(leased)
        return LeaseWarehouseTasksResponse(tasks: shown)
    }
}
