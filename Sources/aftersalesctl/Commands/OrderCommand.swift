// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import ArgumentParser
import TTRPC

/// The command `aftersalesctl order …`.
struct OrderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Look at orders and cancel items of them.",
        subcommands: [OrderShowCommand.self, OrderListCommand.self, OrderCancelCommand.self])
}

/// The command `aftersalesctl order show ID`.
struct OrderShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one order: its lines, units and tenders.")

    @Argument(help: ArgumentHelp("Id of the order, ord_….", valueName: "id"))
    var orderID: String

    @Flag(help: "Show for each unit which action is open, or why none is.")
    var actions = false

    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        try await globals.run { session in
            if actions {
                var request = GetCancelOptionsRequest()
                request.orderID = orderID
                let response = try await session.client.orders.getCancelOptions(
                    request, options: session.options)
                try session.show(response, OrderTables.actions)
            } else {
                var request = GetOrderRequest()
                request.orderID = orderID
                let response = try await session.client.orders.getOrder(
                    request, options: session.options)
                try session.show(response) { OrderTables.order($0.order ?? Order()) }
            }
        }
    }
}

/// The command `aftersalesctl order list --customer C`.
struct OrderListCommand: AsyncParsableCommand {
    enum View: String, ExpressibleByArgument, CaseIterable {
        case all, open, canceled
    }

    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List a customer's orders, newest first.")

    @Option(help: ArgumentHelp("The customer.", valueName: "id"))
    var customer: String

    @Option(help: "Which of the orders.")
    var view = View.all

    @OptionGroup var page: PageOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        try await globals.run { session in
            var request = ListOrdersRequest()
            request.onBehalfOf = OnBehalfOf(customer: customer)
            request.view =
                switch view {
                case .all: .all
                case .open: .open
                case .canceled: .canceled
                }
            request.pageSize = page.pageSize
            request.pageToken = page.pageToken
            let response = try await session.client.orders.listOrders(
                request, options: session.options)
            try session.show(response) {
                OrderTables.summaries($0.orders) + PageOptions.footer($0.nextPageToken)
            }
        }
    }
}

/// What every list takes.
struct PageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Most items of a page, 1 to 100; 0 is the daemon's default.", valueName: "count"))
    var pageSize: Int32 = 0

    @Option(
        help: ArgumentHelp(
            "Where the page begins, as the page before printed it.", valueName: "token"))
    var pageToken = ""

    /// The line that leads to the next page; nothing on the last one.
    static func footer(_ nextPageToken: String) -> [String] {
        nextPageToken.isEmpty ? [] : ["", "more: --page-token \(DisplayText.line(nextPageToken))"]
    }
}
