// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesService
import TTRPC
import Testing

/// Everything an import is refused for.
@Suite struct ImportRefusalTests {
    typealias Case = RefusalCase<ImportOrderRequest>

    private static let valid = ImportOrderRequest.order(
        "ext-1",
        lines: [.line("a", 2_450, quantity: 2), .line("b", 5_100, bundle: "b1")],
        bundles: [OrderBundle(bundleID: "b1", discount: .eur(100))], shipping: 600)

    private static let long = String(repeating: "x", count: 65)

    static let header: [Case] = [
        Case(
            "no key", .invalidArgument, "REQUEST_ID", metadata: ["field": "request_id"],
            field: "request_id"
        ) { $0.requestID = "" },
        Case(
            "a key that is no UUID", .invalidArgument, "REQUEST_ID",
            metadata: ["field": "request_id"], field: "request_id"
        ) { $0.requestID = String($0.requestID.dropLast()) + "g" },
        Case(
            "a key without hyphens", .invalidArgument, "REQUEST_ID",
            metadata: ["field": "request_id"], field: "request_id"
        ) { $0.requestID.removeAll { $0 == "-" } },
        Case("no external id", .invalidArgument, "FIELD_REQUIRED", field: "external_order_id") {
            $0.externalOrderID = ""
        },
        Case(
            "an external id of 65 bytes", .invalidArgument, "TOO_LONG",
            metadata: ["bytes_max": "64"], field: "external_order_id"
        ) { $0.externalOrderID = long },
        Case("no customer", .invalidArgument, "FIELD_REQUIRED", field: "customer_id") {
            $0.customerID = ""
        },
        Case(
            "a locale of 36 bytes", .invalidArgument, "TOO_LONG", metadata: ["bytes_max": "35"],
            field: "locale"
        ) { $0.locale = String(repeating: "e", count: 36) },
        Case(
            "a phone of 33 bytes", .invalidArgument, "TOO_LONG", metadata: ["bytes_max": "32"],
            field: "phone"
        ) { $0.phone = String(repeating: "1", count: 33) },
        Case("no time placed", .invalidArgument, "FIELD_REQUIRED", field: "placed_time") {
            $0.placedTime = nil
        },
        Case(
            "a time outside the calendar", .invalidArgument, "TIMESTAMP",
            metadata: ["field": "placed_time"], field: "placed_time"
        ) { $0.placedTime = Timestamp(seconds: 253_402_300_800) },
        Case(
            "nanoseconds of a whole second", .invalidArgument, "TIMESTAMP",
            metadata: ["field": "placed_time"], field: "placed_time"
        ) { $0.placedTime = Timestamp(seconds: 0, nanos: 1_000_000_000) },
        Case(
            "a currency that is not ISO 4217", .invalidArgument, "CURRENCY_MISMATCH",
            metadata: ["expected": "EUX", "actual": "EUR"], field: "lines[0].unit_list_price"
        ) { $0.currencyCode = "EUX" },
        Case("a card number in the note", .invalidArgument, "PAN_REJECTED", field: "note") {
            $0.note = "my card is 4111 1111-1111 1111, thanks"
        },
        Case(
            "a note of 4,001 bytes", .invalidArgument, "TOO_LONG",
            metadata: ["bytes_max": "4000"], field: "note"
        ) { $0.note = String(repeating: "n", count: 4_001) },
    ]

    static let goods: [Case] = [
        Case("no lines", .invalidArgument, "FIELD_REQUIRED", field: "lines") { $0.lines = [] },
        Case(
            "2,001 lines", .invalidArgument, "TOO_MANY", metadata: ["count_max": "2000"],
            field: "lines"
        ) { $0.lines = (0...2_000).map { .line("l\($0)", 1) } },
        Case("no line id", .invalidArgument, "FIELD_REQUIRED", field: "lines[1].line_id") {
            $0.lines[1].lineID = ""
        },
        Case("no kind", .invalidArgument, "FIELD_REQUIRED", field: "lines[0].kind") {
            $0.lines[0].kind = .unspecified
        },
        Case(
            "an unknown kind", .invalidArgument, "UNKNOWN_ENUM",
            metadata: ["field": "lines[0].kind", "number": "99"], field: "lines[0].kind"
        ) { $0.lines[0].kind = .unrecognized(99) },
        Case("no price", .invalidArgument, "FIELD_REQUIRED", field: "lines[0].unit_list_price") {
            $0.lines[0].unitListPrice = nil
        },
        Case(
            "a price below zero", .invalidArgument, "NEGATIVE_AMOUNT",
            field: "lines[0].unit_list_price"
        ) { $0.lines[0].unitListPrice = .eur(-1) },
        Case(
            "a price beyond the range", .outOfRange, "AMOUNT",
            field: "lines[0].unit_list_price"
        ) { $0.lines[0].unitListPrice = .eur(9_000_000_000_000_001) },
        Case(
            "a price in another currency", .invalidArgument, "CURRENCY_MISMATCH",
            metadata: ["expected": "EUR", "actual": "USD"], field: "lines[0].unit_list_price"
        ) { $0.lines[0].unitListPrice = Money(currencyCode: "USD", minorUnits: 1) },
        Case(
            "a quantity of 0", .invalidArgument, "QUANTITY",
            metadata: ["quantity_max": "1000000"], field: "lines[0].quantity"
        ) { $0.lines[0].quantity = 0 },
        Case(
            "a quantity of 1,000,001", .invalidArgument, "QUANTITY",
            metadata: ["quantity_max": "1000000"], field: "lines[0].quantity"
        ) { $0.lines[0].quantity = 1_000_001 },
        Case(
            "two lines of one id", .invalidArgument, "DUPLICATE_LINE",
            metadata: ["line_id": "a"], field: "lines[1].line_id"
        ) { $0.lines[1].lineID = "a" },
        Case(
            "a line discount above its base", .invalidArgument, "DISCOUNT_EXCEEDS",
            metadata: ["base": "4900"], field: "lines[0].line_discount"
        ) { $0.lines[0].lineDiscount = .eur(4_901) },
        Case(
            "a bundle discount above its base", .invalidArgument, "DISCOUNT_EXCEEDS",
            metadata: ["base": "5100"], field: "bundles[0].discount"
        ) { $0.bundles[0].discount = .eur(5_101) },
        Case(
            "a bundle that is not there", .invalidArgument, "UNKNOWN_BUNDLE",
            metadata: ["bundle_id": "b2"], field: "lines[1].bundle_id"
        ) { $0.lines[1].bundleID = "b2" },
        Case(
            "a bundle of two sellers", .invalidArgument, "BUNDLE_SPANS_SELLERS",
            metadata: ["bundle_id": "b1"], field: "lines"
        ) {
            $0.lines[0].bundleID = "b1"
            $0.lines[0].sellerID = "sel-1"
        },
        Case(
            "two bundles of one id", .invalidArgument, "DUPLICATE_LINE",
            metadata: ["id": "b1"], field: "bundles[1].bundle_id"
        ) { $0.bundles.append($0.bundles[0]) },
        Case(
            "a bundle title of 513 bytes", .invalidArgument, "TOO_LONG",
            metadata: ["bytes_max": "512"], field: "bundles[0].title"
        ) { $0.bundles[0].title = String(repeating: "t", count: 513) },
    ]

    static let money: [Case] = [
        Case("no totals", .invalidArgument, "FIELD_REQUIRED", field: "totals.grand_total") {
            $0.totals = nil
        },
        Case("no grand total", .invalidArgument, "FIELD_REQUIRED", field: "totals.grand_total") {
            $0.totals?.grandTotal = nil
        },
        Case(
            "tenders a cent short", .invalidArgument, "TOTAL_MISMATCH",
            metadata: ["difference": "-1"], field: "tenders"
        ) {
            $0.tenders = [.card(10_499)]
        },
        Case(
            "a grand total a cent off", .invalidArgument, "TOTAL_MISMATCH",
            metadata: ["difference": "-1"], field: "tenders"
        ) { $0.totals?.grandTotal = .eur(10_501) },
        Case(
            "a shipping discount above shipping", .invalidArgument, "DISCOUNT_EXCEEDS",
            metadata: ["base": "600"], field: "totals.shipping_discount"
        ) { $0.totals?.shippingDiscount = .eur(601) },
        Case(
            "17 tenders", .invalidArgument, "TOO_MANY", metadata: ["count_max": "16"],
            field: "tenders"
        ) { $0.tenders = (0...16).map { .card(1, id: "t\($0)") } },
        Case(
            "two tenders of one id", .invalidArgument, "DUPLICATE_LINE",
            metadata: ["id": "card"], field: "tenders[1].external_tender_id"
        ) { $0.tenders.append($0.tenders[0]) },
        Case(
            "no tender class", .invalidArgument, "FIELD_REQUIRED",
            field: "tenders[0].tender_class"
        ) { $0.tenders[0].tenderClass = .unspecified },
        Case(
            "exchange credit from a caller", .invalidArgument, "TENDER_STATE",
            field: "tenders[0].tender_class"
        ) { $0.tenders[0].tenderClass = .exchangeCredit },
        Case(
            "an unknown channel", .invalidArgument, "UNKNOWN_ENUM",
            metadata: ["field": "tenders[0].channel", "number": "7"],
            field: "tenders[0].channel"
        ) { $0.tenders[0].channel = .unrecognized(7) },
        Case(
            "more captured than authorized", .invalidArgument, "TENDER_STATE",
            field: "tenders[0].authorized"
        ) { $0.tenders[0].authorized = .eur(1) },
        Case(
            "a state that contradicts the amounts", .invalidArgument, "TENDER_STATE",
            field: "tenders[0].state"
        ) { $0.tenders[0].state = .authorized },
        Case(
            "a state that no import has", .invalidArgument, "TENDER_STATE",
            field: "tenders[0].state"
        ) { $0.tenders[0].state = .voided },
        Case(
            "an unknown state", .invalidArgument, "UNKNOWN_ENUM",
            metadata: ["field": "tenders[0].state", "number": "42"], field: "tenders[0].state"
        ) { $0.tenders[0].state = .unrecognized(42) },
        Case(
            "a token of 257 bytes", .invalidArgument, "TOO_LONG",
            metadata: ["bytes_max": "256"], field: "tenders[0].token"
        ) { $0.tenders[0].token = String(repeating: "t", count: 257) },
    ]

    @Test(arguments: header + goods + money)
    func `an import is refused for what is wrong with it, and then taken with the same key`(
        _ refused: Case
    ) async throws {
        let desk = try TestDesk()
        let orders = desk.client(.storefront).orders
        try await refused.check(Self.valid, on: desk) { (request) async throws(RPCError) in
            try await orders.importOrder(request)
        }
    }

    @Test func `a currency unknown to ISO 4217 is named`() async throws {
        let desk = try TestDesk()
        var request = Self.valid
        request.currencyCode = "XXQ"
        request.lines = [.line("a", 0)]
        request.lines[0].unitListPrice?.currencyCode = "XXQ"
        request.bundles = []
        request.totals = OrderTotals(grandTotal: Money(currencyCode: "XXQ", minorUnits: 0))
        request.tenders = []
        let sent = request
        let error = try #require(
            await refusal { () async throws(RPCError) in
                try await desk.client(.storefront).orders.importOrder(sent)
            })
        #expect(Refusal(error).reason == "CURRENCY_UNKNOWN")
        #expect(Refusal(error).metadata == ["currency_code": "XXQ"])
        #expect(Refusal(error).fields == ["currency_code"])
    }

    @Test func `an external id that is taken by another content names the order`() async throws {
        let desk = try TestDesk()
        let client = desk.client(.storefront)
        let order = try await client.imported(Self.valid)
        let before = try desk.contents()
        var other = Self.valid
        other.requestID = newKey()
        other.note = "another remark"
        let sent = other
        let error = try #require(
            await refusal { () async throws(RPCError) in
                try await client.orders.importOrder(sent)
            })
        #expect(Refusal(error).code == .alreadyExists)
        #expect(Refusal(error).reason == "ORDER")
        #expect(Refusal(error).metadata == ["order_id": order.orderID])
        #expect(try desk.contents() == before)

        var same = Self.valid
        same.requestID = other.requestID
        let again = try await client.orders.importOrder(same)
        #expect(again.alreadyImported)
        #expect(again.order == order)
    }
}
