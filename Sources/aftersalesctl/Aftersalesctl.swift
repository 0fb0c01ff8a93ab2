// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The operator's command line: each command is one call, or two, to the daemon.
struct Aftersalesctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aftersalesctl",
        abstract: "Look at orders, messages and refunds of the after-sales desk, and cancel items.",
        usage: "aftersalesctl [--socket <path>] [--output <format>] <subcommand>",
        discussion: """
            The daemon knows who calls from the socket: your user and groups decide what you may do.

            \(ExitStatus.table)
            """,
        subcommands: [
            StatusCommand.self, OrderCommand.self, MessageCommand.self, RefundCommand.self,
            ListCommand.self, DescribeCommand.self, CallCommand.self,
        ])
}

@main
struct Program {
    static func main() async {
        let arguments = GlobalOptions.movedToEnd(Array(CommandLine.arguments.dropFirst()))
        await Aftersalesctl.main(arguments)
    }
}
