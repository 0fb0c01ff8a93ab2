// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import AftersalesService
import AftersalesStore
import ArgumentParser
import Host
import Logging
import TTRPC
import TTRPCServices
import UnixSignals

/// The running desk: store, server and service manager, wired up and taken down in order.
struct Daemon {
    let configuration: Configuration
    private let log = Logger(label: "aftersalesd")

    /// Serves until SIGTERM or SIGINT, then lets running calls finish and closes the store.
    func run() async throws {
        Signals.ignoreBrokenPipe()
        log.info(
            "starting",
            metadata: [
                "sqlite": "\(Store.engine.version)",
                "sqlite.options": "\(Store.engine.options.joined(separator: " "))",
            ])
        // Trapped before READY, so that no early SIGTERM can skip the drain.
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let assignment = try roles()
        let serverConfiguration = ServerConfiguration(eventLoopCount: configuration.lanes)
        // NOT_SERVING until the store is open.
        let health = HealthBoard()
        let store = try open(laneCount: serverConfiguration.eventLoopCount, health)
        let server = makeServer(store, assignment, serverConfiguration, health)
        health.setAll(.serving)
        let manager = Supervisor()
        try await listen(server, manager)
        manager.notify("READY=1")
        log.info("serving", metadata: ["database": "\(configuration.databasePath)"])

        for await signal in signals {
            log.info("stopping", metadata: ["signal": "\(signal)"])
            break
        }
        manager.notify("STOPPING=1")
        health.setAll(.notServing)
        await server.drain(grace: .seconds(configuration.drainSeconds))
        do throws(StoreError) {
            try store.close()
        } catch {
            log.critical("the store did not close", metadata: ["error": "\(error)"])
            throw ExitCode(ExitStatus.disk)
        }
        log.info("stopped")
    }

    private func roles() throws -> RoleAssignment {
        do throws(ConfigurationError) {
            return try RoleResolution.assignment(
                configuration.grants, file: configuration.file ?? "configuration")
        } catch {
            Console.error("\(error)")
            throw ExitCode(ExitStatus.configuration)
        }
    }

    private func open(laneCount: Int, _ health: HealthBoard) throws -> Store {
        let log = log
        let options = StoreOptions(
            laneCount: laneCount, initialPolicy: PublishedPolicy.initial,
            now: { Instant(microseconds: WallClock.microseconds()) },
            onFatal: { error in
                // Nobody is answered: what is durable is known only after a new start.
                health.setAll(.notServing)
                log.critical("the store failed", metadata: ["error": "\(error)"])
                Termination.now(status: ExitStatus.disk)
            })
        do throws(StoreOpenError) {
            return try Store.open(configuration.databasePath, options: options)
        } catch {
            let (status, words) = ExitStatus.describe(error, path: configuration.databasePath)
            Console.error(words)
            throw ExitCode(status)
        }
    }

    private func makeServer(
        _ store: Store, _ assignment: RoleAssignment, _ serverConfiguration: ServerConfiguration,
        _ health: HealthBoard
    ) -> Server {
        var registry = ServiceRegistry()
        ShopServices(store: store, assignment: assignment).register(in: &registry)
        for service in registry.services { health.set(.notServing, for: service) }
        HealthService(board: health).register(in: &registry)
        ReflectionService(files: AftersalesDescriptors.files + ServiceDescriptors.files)
            .register(in: &registry)
        let authorization = Authorization(assignment)
        return Server(
            services: registry, configuration: serverConfiguration,
            authorize: { peer, method in
                authorization.refusal(peer: peer, method: method).map { .denied($0) } ?? .allowed
            },
            logger: Logger(label: "ttrpc"))
    }

    private func listen(_ server: Server, _ manager: Supervisor) async throws {
        do throws(ServerError) {
            let sockets = manager.listeningSockets()
            for socket in sockets {
                try await server.listen(inheriting: socket.descriptor)
                log.info("listening on a passed socket", metadata: ["name": "\(socket.name)"])
            }
            if sockets.isEmpty {
                try await server.listen(at: configuration.socketPath)
                log.info("listening", metadata: ["socket": "\(configuration.socketPath)"])
            }
        } catch {
            Console.error("\(configuration.socketPath): cannot listen: \(error)")
            throw ExitCode(ExitStatus.cannotListen)
        }
    }
}
