// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import ArgumentParser

/// The command `aftersalesctl refund …`.
struct RefundCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refund", abstract: "Look at refunds.",
        subcommands: [RefundListCommand.self])
}

/// The command `aftersalesctl refund list --order ID`.
struct RefundListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the refunds of an order or a customer, newest first.")

    @Option(help: ArgumentHelp("The order.", valueName: "id"))
    var order = ""

    @Option(help: ArgumentHelp("The customer.", valueName: "id"))
    var customer = ""

    @OptionGroup var page: PageOptions
    @OptionGroup var globals: GlobalOptions

    func validate() throws {
        guard !order.isEmpty || !customer.isEmpty else {
            throw ValidationError("Name an order or a customer: --order or --customer.")
        }
    }

    func run() async throws {
        try await globals.run { session in
            var request = ListRefundsRequest()
            request.orderID = order
            if !customer.isEmpty { request.onBehalfOf = OnBehalfOf(customer: customer) }
            request.pageSize = page.pageSize
            request.pageToken = page.pageToken
            let response = try await session.client.refunds.listRefunds(
                request, options: session.options)
            try session.show(response) {
                Self.table($0.refunds) + PageOptions.footer($0.nextPageToken)
            }
        }
    }

    private static func table(_ refunds: [Refund]) -> [String] {
        var table = TextTable(
            .text("REFUND"), .text("ORDER"), .text("TENDER"), .number("AMOUNT"), .text("STATE"),
            .text("CAUSE"), .text("CREATED"), .text("SETTLED"))
        for refund in refunds {
            table.add(
                DisplayText.line(refund.refundID), DisplayText.line(refund.orderID),
                TenderText.name(refund.tenderClass, brand: refund.brand, last4: refund.last4),
                MoneyText.text(refund.amount), DisplayText.word(refund.state),
                DisplayText.word(refund.cause), DisplayText.time(refund.createTime),
                DisplayText.time(refund.settleTime))
        }
        return table.lines
    }
}
