// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Host
import Logging

/// The daemon's command line: parses, reads the configuration, runs.
@main
struct Aftersalesd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aftersalesd",
        abstract: "A shop's after-sales desk as one local daemon.",
        discussion: """
            Listens on a Unix socket, keeps everything in one SQLite database, and answers only \
            after a change is durable. Without a configuration its own user and root hold every \
            role, everyone else none. SIGTERM lets running calls finish, then ends it.
            """)

    @Option(help: "Where clients connect. A socket passed by the service manager goes first.")
    var socket: String?

    @Option(help: "The database; its folder must exist.")
    var database: String?

    @Option(help: "The configuration file (YAML). Options given here override it.")
    var config: String?

    func run() async throws {
        let configuration = try load()
        LoggingSystem.bootstrap { label in
            JournalLogHandler(label: label, logLevel: configuration.logLevel)
        }
        try await Daemon(configuration: configuration).run()
    }

    private func load() throws -> Configuration {
        var configuration = Configuration()
        if let config {
            do {
                let text = try ConfigurationText.read(config)
                configuration = try ConfigurationFile(name: config).parse(text)
            } catch {
                Console.error("\(error)")
                throw ExitCode(ExitStatus.configuration)
            }
        }
        if let socket { configuration.socketPath = socket }
        if let database { configuration.databasePath = database }
        return configuration
    }
}
