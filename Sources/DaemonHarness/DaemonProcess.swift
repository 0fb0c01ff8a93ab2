// SPDX-License-Identifier: Apache-2.0

import CDaemonHarness
import Glibc

/// A daemon started by this process, for a demonstration or a test.
///
/// ```swift
/// let place = try DaemonPlace()
/// let daemon = try await DaemonProcess.start(".build/release/aftersalesd", in: place)
/// … // talk to place.socket
/// try await daemon.kill()                       // or terminate(), which lets it finish
/// let again = try await DaemonProcess.start(".build/release/aftersalesd", in: place)
/// ```
///
/// It never outlives its value: a daemon that is still there when that goes is killed.
public final class DaemonProcess: Sendable {
    /// Where it lives.
    public let place: DaemonPlace
    private let child: ChildProcess

    /// Its process id.
    public var processID: Int64 { child.processID }

    private init(place: DaemonPlace, child: ChildProcess) {
        self.place = place
        self.child = child
    }

    /// Starts a daemon and waits until it takes connections.
    ///
    /// - Parameters:
    ///   - program: path of `aftersalesd`.
    ///   - place: where it lives.
    ///   - arguments: further arguments, before `--socket` and `--database`.
    ///   - patience: how long it may take to listen.
    /// - Returns: the daemon, listening.
    /// - Throws: `HarnessError`, with the last lines of its log where it ended or never listened.
    public static func start(
        _ program: String, in place: DaemonPlace, arguments: [String] = [],
        patience: Duration = .seconds(20)
    ) async throws(HarnessError) -> DaemonProcess {
        try await launch(
            program, arguments + ["--socket", place.socket, "--database", place.database], place,
            patience)
    }

    /// Starts any program that listens at `--socket` and waits until it takes connections.
    ///
    /// - Parameters:
    ///   - program: its path.
    ///   - place: where it lives; its database is left alone.
    ///   - arguments: further arguments, before `--socket`.
    ///   - patience: how long it may take to listen.
    /// - Returns: the program, listening.
    /// - Throws: `HarnessError`, with the last lines of its log where it ended or never listened.
    public static func startServer(
        _ program: String, in place: DaemonPlace, arguments: [String] = [],
        patience: Duration = .seconds(20)
    ) async throws(HarnessError) -> DaemonProcess {
        try await launch(program, arguments + ["--socket", place.socket], place, patience)
    }

    private static func launch(
        _ program: String, _ arguments: [String], _ place: DaemonPlace, _ patience: Duration
    ) async throws(HarnessError) -> DaemonProcess {
        let child = try Command(program, arguments).start(log: place.log)
        let giveUp = ContinuousClock.now.advanced(by: patience)
        while harness_socket_listens(place.socket) == 0 {
            if let code = child.exitCode() {
                throw .endedEarly(
                    program: program, exitCode: code, log: place.lastLogLines())
            }
            if ContinuousClock.now > giveUp {
                throw .notListening(program: program, log: place.lastLogLines())
            }
            try? await Task.sleep(for: .milliseconds(1))
        }
        return DaemonProcess(place: place, child: child)
    }

    /// Ends it at once, as a power cut would: SIGKILL.
    ///
    /// - Returns: its exit code, 137 when the signal ended it.
    /// - Throws: `HarnessError.notEnding`, when the kernel cannot end it.
    @discardableResult
    public func kill() async throws(HarnessError) -> Int32 {
        child.signal(SIGKILL)
        return try await child.ended(within: .seconds(20))
    }

    /// Asks it to finish what it has begun and to end: SIGTERM.
    ///
    /// - Parameter patience: how long that may take.
    /// - Returns: its exit code, 0 when it ended well.
    /// - Throws: `HarnessError.notEnding`.
    @discardableResult
    public func terminate(within patience: Duration = .seconds(30)) async throws(HarnessError)
        -> Int32
    {
        child.signal(SIGTERM)
        return try await child.ended(within: patience)
    }

    /// Its exit code, 128 + the signal that ended it, or nil while it runs.
    public var exitCode: Int32? { child.exitCode() }
}
