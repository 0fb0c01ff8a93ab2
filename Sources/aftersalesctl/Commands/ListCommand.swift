// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ProtoJSON

/// The command `aftersalesctl list [SERVICE]`.
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the services of the server, or a service's methods.",
        discussion: ContractOptions.discussion)

    @Argument(help: ArgumentHelp("List the methods of this service.", valueName: "service"))
    var service: String?

    @OptionGroup var source: ContractOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        try await globals.run { session in
            let contract = try await source.contract(session)
            let (lines, json) =
                if let service {
                    try (
                        ContractTables.methods(contract.service(service)),
                        ContractTables.methodsJSON(contract.service(service))
                    )
                } else {
                    (ContractTables.services(contract), ContractTables.servicesJSON(contract))
                }
            switch session.output {
            case .table: print(lines.joined(separator: "\n"))
            case .json: print(json.text(.indented))
            }
        }
    }
}

/// Where commands that show a contract take it from.
struct ContractOptions: ParsableArguments {
    @Flag(help: "Ask no server: show the contract that this program was built with.")
    var embedded = false

    static let discussion = """
        Works on any ttrpc server that has reflection; of one that does not tell its contract, \
        the one that this program was built with is shown. Names may go without their packages.
        """

    func contract(_ session: Session) async throws -> Contract {
        if embedded { return try Contract.embedded(Session.embeddedFiles) }
        let contract = try await session.contract()
        if contract.origin == .program {
            writeError("aftersalesctl: the server tells no contract; this program's:\n")
        }
        return contract
    }
}
