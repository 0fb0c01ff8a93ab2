// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesService
import TTRPC
import Testing

/// Tenders from authorization to void or capture, with cancellations in between.
@Suite struct PaymentFlowTests {
    private static func report(
        _ desk: TestDesk, _ tender: String, _ report: TenderReport, _ amount: Int64? = nil
    ) async throws -> ReportTenderResponse {
        try await desk.client(.payment).payments.reportTender(
            ReportTenderRequest(
                requestID: newKey(), target: .tenderID(tender), report: report,
                amount: amount.map { .eur($0) }))
    }

    @Test func `an order canceled before capture is voided, not refunded`() async throws {
        let desk = try TestDesk()
        let client = desk.client(.storefront)
        let order = try await client.imported(
            .order("o-1", lines: [.line("a", 8_640)], tenders: [.card(8_640, captured: 0)]))
        #expect(order.paymentState == .authorized)
        let reply = try await client.cancel(order, [("a", 1)])
        let confirmation = try #require(reply.confirmation)
        #expect(confirmation.refunds.isEmpty)
        #expect(confirmation.releases.map(\.amount) == [.eur(8_640)])
        #expect(confirmation.releases.map(\.voided) == [true])
        #expect(reply.orderState == .canceled)

        let canceled = try await client.orders.listOrders(
            ListOrdersRequest(onBehalfOf: .customer("cus-1"), view: .canceled))
        #expect(canceled.orders.map(\.orderID) == [order.orderID])
        let messages = try await client.messages.listMessages(
            ListMessagesRequest(onBehalfOf: .customer("cus-1")))
        #expect(messages.messages.count == 1)
        #expect(messages.messages.first?.text == confirmation.text)
        #expect(confirmation.text.contains("not charged"))
        let refunds = try await client.refunds.listRefunds(
            ListRefundsRequest(onBehalfOf: .customer("cus-1")))
        #expect(refunds.refunds.isEmpty)

        let tender = order.tenders[0].tenderID
        #expect(try await client.fresh(order).tenders[0].state == .voidQueued)
        let voided = try await Self.report(desk, tender, .voided)
        #expect(voided.tender?.state == .voided)
        #expect(voided.tender?.captured == .eur(0))
        #expect(voided.paymentState == .voided)
        #expect(try desk.brokenInvariants(of: order.orderID) == [])
    }

    @Test func `a capture that crossed the cancellation goes back at once`() async throws {
        let desk = try TestDesk()
        let client = desk.client(.storefront)
        let order = try await client.imported(
            .order("o-1", lines: [.line("a", 5_000)], tenders: [.card(5_000, captured: 0)]))
        try await client.cancel(order, [("a", 1)])
        let reply = try await Self.report(desk, order.tenders[0].tenderID, .captured, 5_000)
        #expect(reply.refunds.map(\.amount) == [.eur(5_000)])
        let refund = try await client.refunds.getRefund(
            GetRefundRequest(
                refundID: reply.refunds.first?.refundID ?? "", onBehalfOf: .customer("cus-1"))
        ).refund
        #expect(refund?.cause == .overcaptured)
        #expect(refund?.fault == .shop)
        #expect(refund?.state == .queued)
        let messages = try await client.messages.listMessages(
            ListMessagesRequest(onBehalfOf: .customer("cus-1")))
        #expect(messages.messages.map(\.kind) == [.refundStarted, .cancelConfirmed])
        #expect(try desk.brokenInvariants(of: order.orderID) == [])
    }

    @Test func `an expected tender is authorized, then captured in parts, by the shop's own ids`()
        async throws
    {
        let desk = try TestDesk()
        let order = try await desk.client(.storefront).imported(
            .order(
                "o-1", lines: [.line("a", 900)],
                tenders: [.card(900, authorized: 0, captured: 0)]))
        #expect(order.paymentState == .unpaid)
        let named = ReportTenderRequest.Target.externalTender(
            ExternalTender(externalOrderID: "o-1", externalTenderID: "card"))
        let authorized = try await desk.client(.storefront).payments.reportTender(
            ReportTenderRequest(
                requestID: newKey(), onBehalfOf: .customer("cus-1"), target: named,
                report: .authorized, amount: .eur(900)))
        #expect(authorized.paymentState == .authorized)
        #expect(authorized.version == 2)
        let tender = order.tenders[0].tenderID
        #expect(authorized.tender?.tenderID == tender)
        #expect(
            try await Self.report(desk, tender, .captured, 400).paymentState
                == .partiallyCaptured)
        let rest = try await Self.report(desk, tender, .captured, 500)
        #expect(rest.paymentState == .captured)
        #expect(rest.tender?.captured == .eur(900))
    }

    @Test func `a split tender is refunded by priority`() async throws {
        let desk = try TestDesk()
        let client = desk.client(.storefront)
        let order = try await client.imported(
            .order(
                "o-1", lines: [.line("a", 4_500), .line("b", 3_999)],
                tenders: [.giftCard(2_500), .card(5_999)]))
        let first = try await client.cancel(order, [("a", 1)])
        #expect(first.confirmation?.refunds.map(\.amount) == [.eur(4_500)])
        #expect(first.confirmation?.refunds.map(\.tenderClass) == [.card])
        let second = try await client.cancel(order, [("b", 1)])
        #expect(second.confirmation?.refunds.map(\.tenderClass) == [.card, .giftCard])
        #expect(second.confirmation?.refunds.map(\.amount) == [.eur(1_499), .eur(2_500)])
        let now = try await client.fresh(order)
        // The gift card settles at once, the card waits for the bank.
        #expect(now.refunded == .eur(2_500))
        #expect(now.refundPending == .eur(5_999))
        #expect(try desk.brokenInvariants(of: order.orderID) == [])
    }
}
