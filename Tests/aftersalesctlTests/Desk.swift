// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import Foundation
import Synchronization
import TTRPC
import TTRPCServices

/// A desk of canned answers behind a real server on a real socket.
final class Desk: OrderServiceHandler, MessageServiceHandler, RefundServiceHandler {
    let socketPath: String
    private let requests = Mutex<[CancelItemsRequest]>([])
    private let cancelError: RPCError?

    /// The requests that CancelItems got.
    var cancelRequests: [CancelItemsRequest] { requests.withLock { $0 } }

    private init(socketPath: String, cancelError: RPCError?) {
        self.socketPath = socketPath
        self.cancelError = cancelError
    }

    /// Serves until `body` ends.
    static func serve(
        cancelError: RPCError? = nil, health: ServingStatus = .serving, hasReflection: Bool = true,
        _ body: @Sendable (Desk) async throws -> Void
    ) async throws {
        let path = "/tmp/aftersalesctl-\(UUID().uuidString.prefix(8)).sock"
        let desk = Desk(socketPath: path, cancelError: cancelError)
        var services = ServiceRegistry()
        (desk as any OrderServiceHandler).register(in: &services)
        (desk as any MessageServiceHandler).register(in: &services)
        (desk as any RefundServiceHandler).register(in: &services)
        HealthService(board: HealthBoard(status: health)).register(in: &services)
        if hasReflection {
            ReflectionService(files: AftersalesDescriptors.files + ServiceDescriptors.files)
                .register(in: &services)
        }
        let server = Server(services: services)
        try await server.listen(at: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            try await body(desk)
        } catch {
            await server.drain(grace: .seconds(1))
            throw error
        }
        await server.drain(grace: .seconds(1))
    }

    func getOrder(
        _ request: GetOrderRequest, _ call: ServerCall, _ reply: UnaryReply<GetOrderResponse>
    ) {
        guard request.orderID == "ord_1" else {
            let info = ErrorInfo(
                reason: "ORDER", domain: "aftersales", metadata: [("order_id", request.orderID)])
            return reply.fail(RPCError(.notFound, "no such order", details: [AnyDetail(info)]))
        }
        var response = GetOrderResponse()
        response.order = Self.order
        reply.succeed(response)
    }

    func listOrders(
        _ request: ListOrdersRequest, _ call: ServerCall, _ reply: UnaryReply<ListOrdersResponse>
    ) {
        guard request.view == .canceled, request.onBehalfOf?.party == .customerID("c1") else {
            return reply.fail(RPCError(.permissionDenied, "not yours"))
        }
        var summary = OrderSummary()
        summary.orderID = "ord_2"
        summary.state = .canceled
        summary.grandTotal = Self.money(100)
        var response = ListOrdersResponse()
        response.orders = [summary]
        response.nextPageToken = "tok"
        reply.succeed(response)
    }

    func cancelItems(
        _ request: CancelItemsRequest, _ call: ServerCall, _ reply: UnaryReply<CancelItemsResponse>
    ) {
        requests.withLock { $0.append(request) }
        if let cancelError { return reply.fail(cancelError) }
        var canceled = UnitAmount()
        (canceled.lineID, canceled.firstUnit, canceled.count) = ("1", 0, 2)
        canceled.amount = Self.money(2_000)
        var refund = TenderRefund()
        (refund.refundID, refund.tenderClass, refund.last4) = ("rfd_1", .card, "4242")
        (refund.brand, refund.amount, refund.state) = ("Visa", Self.money(2_000), .queued)
        (refund.expectedMinBusinessDays, refund.expectedMaxBusinessDays) = (3, 5)
        var confirmation = CancelConfirmation()
        confirmation.cancellationID = "cnl_1"
        confirmation.code = "K7"
        confirmation.text = "We canceled 2 items.\nThank you."
        confirmation.canceled = [canceled]
        confirmation.refunds = [refund]
        var response = CancelItemsResponse()
        response.confirmation = confirmation
        response.orderID = request.orderID
        response.orderState = .placed
        response.partiallyCanceled = true
        reply.succeed(response)
    }

    func listMessages(
        _ request: ListMessagesRequest, _ call: ServerCall,
        _ reply: UnaryReply<ListMessagesResponse>
    ) {
        var message = MessageItem()
        (message.messageID, message.kind) = ("msg_1", .cancelConfirmed)
        message.title = "Canceled\u{1B}[31m"
        message.createTime = Timestamp(seconds: 1_777_627_800, nanos: 5)
        var response = ListMessagesResponse()
        response.messages = [message]
        response.unreadCount = 1
        reply.succeed(response)
    }

    func listRefunds(
        _ request: ListRefundsRequest, _ call: ServerCall, _ reply: UnaryReply<ListRefundsResponse>
    ) {
        var refund = Refund()
        (refund.refundID, refund.orderID, refund.state) = ("rfd_1", request.orderID, .settled)
        (refund.tenderClass, refund.amount) = (.giftCard, Self.money(150))
        var response = ListRefundsResponse()
        response.refunds = [refund]
        reply.succeed(response)
    }

    private static func money(_ minorUnits: Int64) -> Money {
        Money(currencyCode: "EUR", minorUnits: minorUnits)
    }

    private static var order: Order {
        var line = OrderLine()
        (line.lineID, line.sku, line.title, line.quantity) = ("1", "sku-1", "Cup 杯", 3)
        line.unitListPrice = money(1_000)
        var open = UnitRange()
        (open.lineID, open.count, open.state) = ("1", 2, .open)
        var shipped = UnitRange()
        (shipped.lineID, shipped.firstUnit, shipped.count, shipped.state) = ("1", 2, 1, .shipped)
        var order = Order()
        (order.orderID, order.customerID, order.version) = ("ord_1", "c1", 7)
        order.state = .partiallyShipped
        order.lines = [line]
        order.units = [open, shipped]
        return order
    }
}
