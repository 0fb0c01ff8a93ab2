// SPDX-License-Identifier: Apache-2.0

import AftersalesClient
import DaemonHarness
import Synchronization
import TTRPC

/// The daemon of the demonstration and the client that talks to it.
final class Stage: Sendable {
    let place: DaemonPlace
    /// The desk; it connects again by itself when the daemon was restarted.
    let desk: AftersalesClient
    /// The bytes of the last reply, for comparing two replies to the byte.
    var lastReply: [UInt8] { recorder.lastReply }

    private let program: String
    private let connection: Client
    private let recorder: RecordingClient
    private let daemon: Mutex<DaemonProcess>

    init(program: String, narrator: Narrator) async throws {
        self.program = program
        place = try DaemonPlace()
        daemon = Mutex(try await DaemonProcess.start(program, in: place))
        connection = Client(path: place.socket)
        recorder = RecordingClient(connection)
        desk = AftersalesClient(rpc: recorder)
        narrator.say(
            "A desk of its own for this demonstration: \(program) listens on \(place.socket) and "
                + "keeps its state in \(place.database).")
    }

    /// Ends the daemon as a power cut would and starts it again on the same database.
    ///
    /// - Returns: the exit code of the one that was killed, and how long the next one took until
    ///   it listened.
    func powerCut() async throws -> (exitCode: Int32, downtime: Duration) {
        let exitCode = try await daemon.withLock { $0 }.kill()
        let began = ContinuousClock.now
        let next = try await DaemonProcess.start(program, in: place)
        daemon.withLock { $0 = next }
        return (exitCode, began.duration(to: .now))
    }

    /// Lets the daemon finish and end.
    func close() async throws {
        connection.close()
        let exitCode = try await daemon.withLock { $0 }.terminate()
        guard exitCode == 0 else {
            throw HarnessError.failed(program: program, exitCode: exitCode)
        }
    }
}

/// A client that remembers the bytes of the last reply.
final class RecordingClient: RPCClient {
    var lastReply: [UInt8] { reply.withLock { $0 } }

    private let client: any RPCClient
    private let reply = Mutex<[UInt8]>([])

    init(_ client: any RPCClient) {
        self.client = client
    }

    func unary(
        _ method: MethodDescriptor, _ request: [UInt8], options: CallOptions
    ) async throws(RPCError) -> UnaryResponse {
        let response = try await client.unary(method, request, options: options)
        reply.withLock { $0 = response.payload }
        return response
    }
}
