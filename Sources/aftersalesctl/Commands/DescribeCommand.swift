// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ProtoJSON

/// The command `aftersalesctl describe SYMBOL`.
struct DescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Show a service, method, message or enum as its proto file has it.",
        discussion: ContractOptions.discussion)

    @Argument(
        help: ArgumentHelp(
            "What to show, such as OrderService, OrderService/GetOrder or aftersales.v1.Money.",
            valueName: "symbol"))
    var symbol: String

    @OptionGroup var source: ContractOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        try await globals.run { session in
            let contract = try await source.contract(session)
            let symbol = try contract.symbol(symbol)
            switch session.output {
            case .table:
                print(
                    ProtoText.lines(of: symbol, in: contract.schema).joined(separator: "\n"))
            case .json:
                print(ContractTables.symbolJSON(symbol, contract.schema).text(.indented))
            }
        }
    }
}
