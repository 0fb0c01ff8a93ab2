// SPDX-License-Identifier: Apache-2.0

import AftersalesClient
import ArgumentParser
import DaemonHarness
import Replay
import TerminalText

/// Replays a real shop's orders and cancellations against the daemon.
@main
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aftersales-replay",
        abstract: "Replay a retailer's orders and cancellations against aftersalesd.",
        discussion: """
            FILE is in the layout of the UCI data set Online Retail II: CSV, plain or gzip. Each \
            invoice is an order paid by one captured card; each C row cancels that many units of \
            the same customer's item at the same price, newest order first, whole or not at all.
            """)

    @Option(help: "The daemon to start on a temporary socket and database.")
    var daemon: String?

    @Option(help: "The socket of a daemon that runs already; none is started then.")
    var socket: String?

    @Option(help: "Callers in flight, 1 to 1024.")
    var callers = 64

    @Argument(help: "The retailer's file.")
    var file: String

    func validate() throws {
        guard (1...1024).contains(callers) else {
            throw ValidationError("--callers must be 1 to 1024")
        }
        guard (daemon == nil) != (socket == nil) else {
            throw ValidationError("name either --daemon or --socket")
        }
    }

    func run() async throws {
        do {
            try await Interruption.ends { try await replay() }
        } catch is Interruption {
            throw ExitCode(Interruption.exitCode)
        }
    }

    private func replay() async throws {
        let plan = ReplayPlan(try RetailFile(reading: file))
        guard let daemon else {
            return try await replay(plan, socket: socket ?? "")
        }
        let place = try DaemonPlace()
        let process = try await DaemonProcess.start(daemon, in: place)
        do {
            try await replay(plan, socket: place.socket)
        } catch let error as ExitCode {
            try await process.terminate()
            throw error
        } catch {
            if !Task.isCancelled { warn(place.lastLogLines()) }
            try await process.kill()
            throw error
        }
        let exitCode = try await process.terminate()
        guard exitCode == 0 else {
            throw HarnessError.failed(program: daemon, exitCode: exitCode)
        }
    }

    /// Carries the plan out, prints the table and fails when the daemon's figures are not the
    /// plan's.
    private func replay(_ plan: ReplayPlan, socket: String) async throws {
        let run = ReplayRun(plan, desk: AftersalesClient(socketPath: socket))
        let began = ContinuousClock.now
        let results = try await run.carryOut(callers: callers)
        let report = ReplayReport(plan, results, took: began.duration(to: .now))
        for line in report.lines { print(line) }
        guard report.isAsPlanned else { throw ExitCode.failure }
    }

    private func warn(_ lines: [String]) {
        for line in lines { StandardError.write("aftersalesd: \(line)\n") }
    }
}

extension RetailFile {
    /// Reads a file through gzip, which hands on what is not compressed as it is.
    init(reading path: String) throws {
        self.init()
        try ProgramOutput.read("gzip", ["-dcf", "--", path]) { try read($0) }
        try finish()
    }
}
