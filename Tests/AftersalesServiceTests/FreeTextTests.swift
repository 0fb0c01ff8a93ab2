// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesService
import TTRPC
import Testing

/// Card numbers: never in what people write, left alone in ids.
@Suite struct FreeTextTests {
    @Test(arguments: [
        "4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111",
        "pay with 5500005555555559 please", "(378282246310005)", "6011000990139424.",
        "30569309025904\n", "no: 4222222222222",
    ])
    func `a card number in a note is refused before anything is looked at`(
        _ note: String
    ) async throws {
        let desk = try TestDesk()
        let before = try desk.contents()
        var request = ImportOrderRequest.order("o-1", lines: [.line("a", 100)])
        request.note = note
        // Even where the rest would be refused, too.
        request.lines = []
        let sent = request
        let error = try #require(
            await refusal { () async throws(RPCError) in
                try await desk.client(.storefront).orders.importOrder(sent)
            })
        #expect(Refusal(error).code == .invalidArgument)
        #expect(Refusal(error).reason == "PAN_REJECTED")
        #expect(Refusal(error).fields == ["note"])
        #expect(!error.message.contains("4111"))
        #expect(try desk.contents() == before)
    }

    @Test(arguments: [
        "4111111111111112", "411111111111", "41111111111111111111", "1111111111111117",
        "4111  1111  1111  1111", "order 4111/1111/1111/1111",
    ])
    func `digits that are no card number are taken`(_ note: String) async throws {
        let desk = try TestDesk()
        var request = ImportOrderRequest.order("o-1", lines: [.line("a", 100)])
        request.note = note
        #expect(try await desk.client(.storefront).imported(request).note == note)
    }

    @Test func `ids, titles and tracking numbers may look like card numbers`() async throws {
        let number = "4111111111111111"
        let desk = try TestDesk()
        let client = desk.client()
        var request = ImportOrderRequest.order(number, of: number, lines: [.line(number, 100)])
        request.lines[0].title = number
        let order = try await client.imported(request)
        let begun = try await client.warehouse.beginShipping(
            BeginShippingRequest(
                requestID: newKey(), orderID: order.orderID, externalShipmentID: number,
                carrier: "DHL", trackingNumber: number,
                units: [UnitSelection(lineID: number, quantity: 1)]))
        #expect(begun.accepted.count == 1)
    }
}
