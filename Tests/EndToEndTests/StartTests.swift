// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import DaemonHarness
import Foundation
import Glibc
import SQLite
import Synchronization
import TTRPC
import TTRPCServices
import Testing

/// How the daemon begins, refuses to begin, and ends.
@Suite(.timeLimit(.minutes(5))) struct StartTests {
    /// Why a daemon that does not come to listen ended.
    private func failure(
        in place: DaemonPlace, program: String = BuiltProgram.daemon, _ arguments: [String] = []
    ) async throws -> (exitCode: Int32, log: String)? {
        do {
            _ = try await DaemonProcess.start(
                program, in: place, arguments: arguments, patience: .seconds(120))
            return nil
        } catch HarnessError.endedEarly(_, let exitCode, let log) {
            return (exitCode, log.joined(separator: "\n"))
        }
    }

    @Test func `a file that is not a database is left alone`() async throws {
        let place = try DaemonPlace()
        let text = String(repeating: "a letter to a friend\n", count: 100)
        _ = try place.write("aftersales.db", text)
        let failure = try await failure(in: place)
        #expect(failure?.exitCode == 65)
        #expect(failure?.log.contains(place.database) == true)
        #expect(try String(contentsOfFile: place.database, encoding: .utf8) == text)
    }

    @Test func `another program's database is left alone`() async throws {
        let place = try DaemonPlace()
        let connection = try Connection(path: place.database, mode: .readWriteCreate)
        try connection.execute("CREATE TABLE song (title TEXT); PRAGMA user_version = 3")
        connection.close()
        let before = try Data(contentsOf: URL(filePath: place.database))
        #expect(try await failure(in: place)?.exitCode == 65)
        #expect(try Data(contentsOf: URL(filePath: place.database)) == before)
    }

    @Test func `a database of a newer program is left alone`() async throws {
        let stage = try await Stage()
        #expect(try await stage.stop() == 0)
        let connection = try Connection(path: stage.place.database, mode: .readWriteCreate)
        try connection.execute("PRAGMA user_version = 1000")
        connection.close()
        let failure = try await failure(in: stage.place)
        #expect(failure?.exitCode == 76)
        #expect(failure?.log.contains("1000") == true)
        #expect(try StoppedDatabase(stage.place).scalar("PRAGMA user_version") == "1000")
    }

    @Test func `one database has one daemon`() async throws {
        let stage = try await Stage()
        let place = try DaemonPlace()
        // The shell puts the first daemon's database in the place of the second's.
        let script = "exec \"$0\" --socket \"$3\" --database \"$1\""
        let failure = try await failure(
            in: place, program: "sh", ["-c", script, BuiltProgram.daemon, stage.place.database])
        #expect(failure?.exitCode == 75)
        #expect(failure?.log.contains("another process") == true)
        #expect(try await stage.desk().health() == .serving)
    }

    @Test(
        arguments: [
            ("lanes: 2\ndrain_second: 10\n", 2, "drain_second"),
            ("lanes: 17\n", 1, "lanes"),
            ("log_level: info\n\nsocket: run/a.sock\n", 3, "socket"),
            ("log_level: loud\n", 1, "log_level"),
            (
                "roles:\n  storefront: { users: [root] }\n  cashier: { users: [root] }\n", 3,
                "cashier"
            ),
            ("roles:\n  support:\n    users:\n      - no-such-user-here\n", 4, "roles.support"),
            ("roles:\n  support: { people: [root] }\n", 2, "people"),
        ] as [(String, Int, String)])
    func `a wrong configuration names its line and key`(
        text: String, line: Int, key: String
    ) async throws {
        let place = try DaemonPlace()
        let file = try place.write("aftersales.yaml", text)
        let failure = try await failure(in: place, ["--config", file])
        #expect(failure?.exitCode == 78)
        #expect(failure?.log.contains("\(file):\(line): ") == true, "\(failure?.log ?? "")")
        #expect(failure?.log.contains(key) == true, "\(failure?.log ?? "")")
        #expect(access(place.database, F_OK) != 0, "nothing is made before that")
    }

    @Test func `a configuration that is not there is a wrong one`() async throws {
        let place = try DaemonPlace()
        #expect(try await failure(in: place, ["--config", "/no/such/file"])?.exitCode == 78)
    }

    @Test func `the socket is for its user and group`() async throws {
        let stage = try await Stage()
        var information = stat()
        #expect(lstat(stage.place.socket, &information) == 0)
        #expect(information.st_mode & S_IFMT == S_IFSOCK)
        #expect(information.st_mode & 0o777 == 0o660)
    }

    @Test func `when asked to end it answers what it has begun, and keeps exactly that`()
        async throws
    {
        let stage = try await Stage()
        let answered = Answers()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for buyer in 0..<16 {
                let desk = AftersalesClient(rpc: stage.connection())
                group.addTask {
                    // Buys until it is refused: the daemon is asked to end in the midst of it.
                    for number in 0... {
                        guard let id = try await Self.buy("\(buyer)-\(number)", desk) else {
                            return
                        }
                        answered.ids.withLock { _ = $0.insert(id) }
                    }
                }
            }
            while !group.isEmpty, answered.ids.withLock({ $0.count }) < 50 {
                try await Task.sleep(for: .milliseconds(1))
            }
            #expect(try await stage.stop() == 0)
            try await group.waitForAll()
        }
        try await stage.start()
        #expect(Set(try await stage.listAll()) == answered.ids.withLock { $0 })
    }

    /// External ids of the orders that were answered with.
    private final class Answers: Sendable {
        let ids = Mutex<Set<String>>([])
    }

    /// Imports an order; nil when the daemon is not there any more or says that it is ending.
    private static func buy(_ id: String, _ desk: AftersalesClient) async throws -> String? {
        var basket = Basket()
        basket.id = id
        basket.add("mug", 12_00, quantity: 2)
        basket.totals.grandTotal = basket.money(24_00)
        basket.pay(.card, 24_00)
        do {
            return try await desk.orders.importOrder(basket.request()).order?.externalOrderID
        } catch {
            guard error.code == .unavailable else { throw error }
            return nil
        }
    }

    @Test func `a service manager passes the socket and is told of the start and the end`()
        async throws
    {
        let place = try DaemonPlace()
        let manager = try NotifySocket(path: place.directory + "/notify")
        // What systemd does before it starts a service: listen, put the socket at 3, say so.
        let script = """
            use IO::Socket::UNIX; use POSIX; $^F = 9;
            my $socket = IO::Socket::UNIX->new(Local => $ARGV[2], Listen => 9) or die "listen: $!";
            POSIX::dup2(fileno($socket), 3) unless fileno($socket) == 3;
            $ENV{LISTEN_PID} = $$; $ENV{LISTEN_FDS} = 1; $ENV{LISTEN_FDNAMES} = "aftersales";
            $ARGV[2] = "/no/such/folder/aftersales.sock";
            exec { $ARGV[0] } @ARGV or die "exec: $!";
            """
        let daemon = try await DaemonProcess.start(
            "env", in: place,
            arguments: [
                "NOTIFY_SOCKET=" + manager.path, "perl", "-e", script, "--", BuiltProgram.daemon,
            ])
        // The socket takes connections before the daemon runs; the call waits for it.
        #expect(try await AftersalesClient(socketPath: place.socket).health() == .serving)
        #expect(try await manager.next() == "READY=1")
        #expect(try await daemon.terminate(within: .seconds(120)) == 0)
        #expect(try await manager.next() == "STOPPING=1")
        #expect(access(place.socket, F_OK) == 0, "the socket stays the manager's")
    }
}

extension Stage {
    /// External ids of all of the customer's orders, page by page.
    func listAll(of customer: OnBehalfOf = customer) async throws -> [String] {
        let desk = desk()
        var ids: [String] = []
        var token = ""
        repeat {
            let page = try await desk.orders.listOrders(
                ListOrdersRequest(
                    onBehalfOf: customer, view: .all, pageSize: 100, pageToken: token),
                options: .idempotent)
            ids += page.orders.map(\.externalOrderID)
            token = page.nextPageToken
        } while !token.isEmpty
        return ids
    }
}

/// The socket of a service manager, on which a service tells its state.
final class NotifySocket {
    let path: String
    private let descriptor: Int32

    struct Failure: Error { let errno: Int32 }

    init(path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0 else { throw Failure(errno: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// The next message; waits up to two minutes.
    func next() async throws -> String {
        var buffer = [UInt8](repeating: 0, count: 1_024)
        for _ in 0..<24_000 {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count >= 0 { return String(decoding: buffer.prefix(count), as: UTF8.self) }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw Failure(errno: ETIMEDOUT)
    }
}
