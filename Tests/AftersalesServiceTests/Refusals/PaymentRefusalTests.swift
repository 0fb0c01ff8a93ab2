// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesService
import TTRPC
import Testing

/// Everything a tender's report is refused for.
@Suite struct PaymentRefusalTests {
    static let reports: [RefusalCase<ReportTenderRequest>] = [
        .init(
            "no key", .invalidArgument, "REQUEST_ID", metadata: ["field": "request_id"],
            field: "request_id"
        ) { $0.requestID = "" },
        .init("no tender", .invalidArgument, "FIELD_REQUIRED", field: "tender_id") {
            $0.target = nil
        },
        .init(
            "a malformed tender", .invalidArgument, "MALFORMED_ID",
            metadata: ["prefix": "tnd"], field: "tender_id"
        ) { $0.target = .tenderID("ord_1") },
        .init("a tender that is not there", .notFound, "TENDER") {
            $0.target = .tenderID("tnd_zzz")
        },
        .init("an external tender of another order", .notFound, "TENDER") {
            $0.target = .externalTender(
                ExternalTender(externalOrderID: "ext-9", externalTenderID: "card"))
        },
        .init("another customer's tender", .notFound, "TENDER") {
            $0.onBehalfOf = .customer("cus-2")
        },
        .init(
            "a storefront that names no customer", .invalidArgument, "FIELD_REQUIRED",
            field: "on_behalf_of.customer_id"
        ) { $0.onBehalfOf = nil },
        .init("no report", .invalidArgument, "FIELD_REQUIRED", field: "report") {
            $0.report = .unspecified
        },
        .init(
            "an unknown report", .invalidArgument, "UNKNOWN_ENUM",
            metadata: ["field": "report", "number": "8"], field: "report"
        ) { $0.report = .unrecognized(8) },
        .init("no amount", .invalidArgument, "FIELD_REQUIRED", field: "amount") {
            $0.amount = nil
        },
        .init("an amount of 0", .invalidArgument, "AMOUNT_NOT_POSITIVE", field: "amount") {
            $0.amount = .eur(0)
        },
        .init(
            "an amount in another currency", .invalidArgument, "CURRENCY_MISMATCH",
            metadata: ["expected": "EUR", "actual": "GBP"], field: "amount"
        ) { $0.amount = Money(currencyCode: "GBP", minorUnits: 1) },
        .init(
            "a cent more than is authorized", .failedPrecondition,
            "AMOUNT_EXCEEDS_AUTHORIZED", metadata: ["max": "8640"]
        ) { $0.amount = .eur(8_641) },
        .init(
            "a second authorization", .failedPrecondition, "INVALID_TRANSITION",
            metadata: ["from": "AUTHORIZED", "event": "AUTHORIZED"]
        ) { $0.report = .authorized },
        .init(
            "a version that has passed", .aborted, "VERSION",
            metadata: ["expected": "5", "actual": "1"]
        ) { $0.expectedVersion = 5 },
        .init(
            "a time outside the calendar", .invalidArgument, "TIMESTAMP",
            metadata: ["field": "occurred_time"], field: "occurred_time"
        ) { $0.occurredTime = Timestamp(seconds: -62_135_596_801) },
    ]

    @Test(arguments: reports)
    func `a tender's report is refused for what is wrong, and then taken with the same key`(
        _ refused: RefusalCase<ReportTenderRequest>
    ) async throws {
        let desk = try TestDesk()
        let order = try await desk.client().imported(
            .order("ext-1", lines: [.line("a", 8_640)], tenders: [.card(8_640, captured: 0)]))
        let request = ReportTenderRequest(
            requestID: newKey(), onBehalfOf: .customer("cus-1"),
            target: .tenderID(order.tenders[0].tenderID), report: .captured, amount: .eur(8_640))
        let payments = desk.client(.storefront).payments
        try await refused.check(request, on: desk) { (request) async throws(RPCError) in
            try await payments.reportTender(request)
        }
    }

    @Test func `an authorization above the tender says how much is left`() async throws {
        let desk = try TestDesk()
        let order = try await desk.client().imported(
            .order(
                "ext-1", lines: [.line("a", 500)],
                tenders: [.card(500, authorized: 0, captured: 0)]))
        let error = try #require(
            await refusal { () async throws(RPCError) in
                try await desk.client(.payment).payments.reportTender(
                    ReportTenderRequest(
                        requestID: newKey(), target: .tenderID(order.tenders[0].tenderID),
                        report: .authorized, amount: .eur(501)))
            })
        #expect(Refusal(error).code == .failedPrecondition)
        #expect(Refusal(error).reason == "AMOUNT_EXCEEDS_TENDER")
        #expect(Refusal(error).metadata == ["max": "500"])
    }
}
