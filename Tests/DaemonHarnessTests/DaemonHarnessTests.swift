// SPDX-License-Identifier: Apache-2.0

import DaemonHarness
import Glibc
import Testing

@Suite struct ProgramOutputTests {
    @Test func `gives what a program prints, whole and in order`() throws {
        var text = ""
        try ProgramOutput.read("seq", ["1", "50000"]) { chunk in
            text += String(decoding: chunk, as: UTF8.self)
        }
        #expect(text.utf8.count == 288_894)
        #expect(text.hasSuffix("\n50000\n"))
    }

    @Test func `a program that fails is an error with its exit code`() {
        #expect(throws: HarnessError.failed(program: "sh", exitCode: 3)) {
            try ProgramOutput.read("sh", ["-c", "exit 3"]) { _ in }
        }
    }

    @Test func `a program that is not there cannot be started`() {
        #expect(throws: HarnessError.cannotStart(program: "/no/such/program", errno: ENOENT)) {
            try ProgramOutput.read("/no/such/program", []) { _ in }
        }
    }

    @Test func `a reader that throws ends the program`() {
        struct Enough: Error {}
        #expect(throws: Enough.self) {
            try ProgramOutput.read("yes", []) { _ in throw Enough() }
        }
    }
}

@Suite struct DaemonPlaceTests {
    @Test func `the directory is for this user alone and goes with its value`() throws {
        var path = ""
        do {
            let place = try DaemonPlace()
            path = place.directory
            var information = stat()
            #expect(stat(path, &information) == 0)
            #expect(information.st_mode & 0o777 == 0o700)
            let descriptor = open(place.database, O_CREAT | O_WRONLY, 0o600)
            #expect(descriptor >= 0)
            close(descriptor)
        }
        #expect(access(path, F_OK) != 0)
    }
}

@Suite struct DaemonProcessTests {
    /// Listens on the path after `--socket`, says so, and ends with 0 on SIGTERM.
    private static let listener = [
        "-MIO::Socket::UNIX", "-e",
        """
        $SIG{TERM} = sub { exit 0 };
        unlink $ARGV[1];
        my $socket = IO::Socket::UNIX->new(Local => $ARGV[1], Listen => 9) or die "no socket: $!";
        sleep 1 while 1;
        """, "--",
    ]

    @Test func `a daemon is there once it listens, and ends when asked`() async throws {
        let place = try DaemonPlace()
        let daemon = try await DaemonProcess.start("perl", in: place, arguments: Self.listener)
        #expect(daemon.exitCode == nil)
        #expect(try await daemon.terminate() == 0)
        #expect(daemon.exitCode == 0)
    }

    @Test func `a killed daemon can be started again in its place`() async throws {
        let place = try DaemonPlace()
        let first = try await DaemonProcess.start("perl", in: place, arguments: Self.listener)
        #expect(try await first.kill() == 128 + SIGKILL)
        let second = try await DaemonProcess.start("perl", in: place, arguments: Self.listener)
        #expect(second.processID != first.processID)
        #expect(second.exitCode == nil)
    }

    @Test func `a daemon goes with its value`() async throws {
        let place = try DaemonPlace()
        var processID: Int64 = 0
        do {
            let daemon = try await DaemonProcess.start("perl", in: place, arguments: Self.listener)
            processID = daemon.processID
        }
        #expect(kill(pid_t(processID), 0) == -1)
    }

    @Test func `a daemon that ends before it listens is an error with its last lines`() async {
        let script = "echo first; echo the reason >&2; exit 3"
        await #expect(
            throws: HarnessError.endedEarly(
                program: "sh", exitCode: 3, log: ["first", "the reason"])
        ) {
            _ = try await DaemonProcess.start(
                "sh", in: try DaemonPlace(), arguments: ["-c", script])
        }
    }

    @Test func `a daemon that never listens is given up`() async {
        await #expect(throws: HarnessError.notListening(program: "sh", log: [])) {
            _ = try await DaemonProcess.start(
                "sh", in: try DaemonPlace(), arguments: ["-c", "exec sleep 600"],
                patience: .milliseconds(50))
        }
    }
}
