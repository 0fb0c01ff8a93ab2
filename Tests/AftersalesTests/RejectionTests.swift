// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `A rejection` {
    static let all: [Rejection] = [
        .orderNotFound, .tenderNotFound, .taskNotFound, .refundNotFound, .messageNotFound,
        .shipmentNotFound, .policyVersion(2), .malformedID(field: "f", prefix: "ord"),
        .fieldRequired(field: "f"), .tooLong(field: "f", bytesMax: 1),
        .tooMany(field: "f", countMax: 1), .quantity(field: "f", quantityMax: 1),
        .negativeAmount(field: "f"), .leaseLength(field: "f"),
        .currencyUnknown(field: "f", code: "X"),
        .currencyMismatch(field: "f", expected: "EUR", actual: "USD"),
        .totalMismatch(difference: -1), .discountExceeds(field: "f", base: 1),
        .tenderState(field: "f"), .outcome(field: "f"), .bundleSpansSellers(bundleID: "b"),
        .unknownBundle(field: "f", bundleID: "b"), .panRejected(field: "f"), .emptySelection,
        .unknownLine(field: "f", lineID: "l"), .duplicateLine(field: "f", lineID: "l"),
        .duplicate(field: "f", id: "i"), .unknownShipment, .amountNotPositive(field: "f"),
        .amountOutOfRange(field: "f"), .orderExists(OrderID(1)), .shipmentExists(ShipmentID(1)),
        .notPhysical(lines: ["l"]), .useRequestCancellation(lines: ["l"]),
        .inShippingProcess(lines: ["l"]), .alreadyShipped(lines: ["l"]),
        .alreadyCanceled(lines: ["l"]),
        .quantityNotOpen([LineShortfall(lineID: "l", requested: 2, open: 1)]),
        .bundleClosureRequired([
            ClosureItem(lineID: "l", bundleID: "b", canceling: 1, selected: 1, stopping: 0)
        ]),
        .invalidTransition(from: "OPEN", event: "SHIP"), .amountExceedsAuthorized(max: 1),
        .amountExceedsTender(max: 1), .version(expected: 1, actual: 2), .leaseLost,
    ]

    @Test(arguments: all)
    func `has a stable reason, sorted metadata, and a field where an argument is wrong`(
        rejection: Rejection
    ) {
        #expect(!rejection.reason.isEmpty)
        #expect(rejection.reason.utf8.allSatisfy { (65...90) ~= $0 || $0 == 95 })
        let keys = rejection.metadata.map(\.key)
        #expect(keys == keys.sorted() && Set(keys).count == keys.count)
        if rejection.kind == .invalidArgument { #expect(rejection.field != nil) }
        if rejection.kind == .failedPrecondition { #expect(rejection.field == nil) }
    }

    @Test func `shares a reason with another only where the contract says so`() {
        let reasons = Self.all.map { "\($0.kind)/\($0.reason)" }
        #expect(Set(reasons).count == reasons.count - 1)
    }
}
