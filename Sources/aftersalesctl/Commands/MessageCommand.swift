// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import ArgumentParser

/// The command `aftersalesctl message …`.
struct MessageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "message", abstract: "Look at the Message Center.",
        subcommands: [MessageListCommand.self])
}

/// The command `aftersalesctl message list --customer C`.
struct MessageListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List a customer's messages: unread first, then newest first.")

    @Option(help: ArgumentHelp("The customer.", valueName: "id"))
    var customer: String

    @Option(help: ArgumentHelp("Only messages about this order.", valueName: "id"))
    var order = ""

    @Flag(help: "Only messages that were not read.")
    var unread = false

    @Flag(help: "Show the text of each message.")
    var text = false

    @OptionGroup var page: PageOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        try await globals.run { session in
            var request = ListMessagesRequest()
            request.onBehalfOf = OnBehalfOf(customer: customer)
            request.orderID = order
            request.unreadOnly = unread
            request.pageSize = page.pageSize
            request.pageToken = page.pageToken
            let response = try await session.client.messages.listMessages(
                request, options: session.options)
            try session.show(response) {
                (text ? Self.texts($0.messages) : Self.table($0.messages))
                    + ["", "unread: \($0.unreadCount)"] + PageOptions.footer($0.nextPageToken)
            }
        }
    }

    private static func table(_ messages: [MessageItem]) -> [String] {
        var table = TextTable(
            .text("MESSAGE"), .text("TIME"), .text("KIND"), .text("READ"), .text("ORDER"),
            .text("TITLE"))
        for message in messages {
            table.add(
                DisplayText.line(message.messageID), DisplayText.time(message.createTime),
                DisplayText.word(message.kind), message.read ? "yes" : "no",
                DisplayText.orDash(message.orderID), DisplayText.orDash(message.title))
        }
        return table.lines
    }

    private static func texts(_ messages: [MessageItem]) -> [String] {
        messages.flatMap { message in
            let head = [message.messageID, DisplayText.time(message.createTime), message.title]
            return [DisplayText.line(head.joined(separator: "  "))]
                + DisplayText.lines(message.text).map { "  " + $0 } + [""]
        }
    }
}
