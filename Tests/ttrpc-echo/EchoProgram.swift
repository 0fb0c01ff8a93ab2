// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import EchoAPI
import Host
import Logging
import TTRPC
import UnixSignals

/// Serves `ttrpcprobe.v1.Echo`, so that foreign clients can be tried on the runtime alone.
@main
struct EchoProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ttrpc-echo",
        abstract: "Serves ttrpcprobe.v1.Echo on a Unix socket until SIGTERM.")

    @Option(help: "Path of the socket.")
    var socket: String

    @Option(help: "Seconds that running calls may take after SIGTERM.")
    var drainSeconds = 10

    @Option(help: "Descriptors that the process may have (RLIMIT_NOFILE).")
    var files: UInt64?

    @Flag(help: "Print what the connections counted, at the end, on standard error.")
    var counters = false

    @OptionGroup
    var limits: LimitOptions

    func run() async throws {
        Signals.ignoreBrokenPipe()
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        if let files {
            try DescriptorLimit.lower(to: files)
        }
        // Trapped before the socket is there, so that no early SIGTERM can skip the drain.
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        var registry = ServiceRegistry()
        EchoService().register(in: &registry)
        let server = Server(
            services: registry,
            configuration: ServerConfiguration(
                limits: limits.limits, eventLoopCount: limits.lanes))
        try await server.listen(at: socket)
        for await _ in signals { break }
        await server.drain(grace: .seconds(drainSeconds))
        if counters {
            Console.line("\(await server.counters())")
        }
    }
}
