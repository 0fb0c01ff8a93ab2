// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import AftersalesStore
import TTRPC

/// The warehouse's side: begin shipping, carrier events, STOP tasks.
struct WarehouseDesk: WarehouseServiceHandler {
    let desk: Desk

    func beginShipping(
        _ request: BeginShippingRequest, _ call: ServerCall,
        _ reply: UnaryReply<BeginShippingResponse>
    ) {
        let actor = Actor(call, for: request.onBehalfOf)
        desk.mutate(request, call, reply) { () throws(RPCError) in
            let id: OrderID = try Fields.id(request.orderID, "order_id")
            let command = BeginShipping(
                request,
                sellerID: try Scope.seller(request.onBehalfOf, roles: desk.roles(call)))
            return { transaction in
                let order = try transaction.order(id, sellingAs: command.sellerID)
                let decision = try order.beginShipping(
                    command,
                    existing: try transaction.shipment(externalID: command.externalShipmentID),
                    context: try transaction.context(of: order))
                if let change = decision.change { try transaction.save(change, by: actor) }
                return BeginShippingResponse(decision, order: decision.change?.after ?? order)
            }
        }
    }

    func reportShipmentEvents(
        _ request: ReportShipmentEventsRequest, _ call: ServerCall,
        _ reply: UnaryReply<ReportShipmentEventsResponse>
    ) {
        let actor = Actor(call, for: request.onBehalfOf)
        desk.mutate(request, call, reply) { () throws(RPCError) in
            let seller = try Scope.seller(request.onBehalfOf, roles: desk.roles(call))
            let reports = try CarrierReports(request.events)
            return { transaction in
                let batch = try CarrierBatch.decide(
                    reports, sellingAs: seller, in: transaction)
                for change in batch.changes { try transaction.save(change, by: actor) }
                return ReportShipmentEventsResponse(results: batch.results.compactMap { $0 })
            }
        }
    }

    func leaseTasks(
        _ request: LeaseWarehouseTasksRequest, _ call: ServerCall,
        _ reply: UnaryReply<LeaseWarehouseTasksResponse>
    ) {
        desk.mutate(request, call, reply) { () throws(RPCError) in
            let lease = try TaskLease(
                request, seller: Scope.seller(request.onBehalfOf, roles: desk.roles(call)))
            return { transaction in try lease.take(in: transaction) }
        }
    }

    func ackTask(
        _ request: AckTaskRequest, _ call: ServerCall, _ reply: UnaryReply<AckTaskResponse>
    ) {
        let actor = Actor(call, for: request.onBehalfOf)
        desk.mutate(request, call, reply) { () throws(RPCError) in
            let seller = try Scope.seller(request.onBehalfOf, roles: desk.roles(call))
            let id: TaskID = try Fields.id(request.taskID, "task_id")
            let report = try StopReport(request)
            return { transaction in
                guard let task = try transaction.task(id) else { throw Rejection.taskNotFound }
                let order = try transaction.order(task.orderID, sellingAs: seller)
                guard seller == nil || order.lines[task.line].sellerID == seller else {
                    throw Rejection.taskNotFound
                }
                let decision = try order.acknowledgeStop(
                    task, report: report, context: try transaction.context(of: order))
                if let change = decision.change { try transaction.save(change, by: actor) }
                return AckTaskResponse(
                    decision, task: task, order: decision.change?.after ?? order)
            }
        }
    }
}

extension Reading where Self: ~Copyable {
    /// An order; for a seller only one with goods of its own.
    func order(_ id: OrderID, sellingAs seller: String?) throws -> Aftersales.Order {
        guard let order = try order(id),
            seller == nil || order.lines.contains(where: { $0.sellerID == seller })
        else { throw Rejection.orderNotFound }
        return order
    }
}
