// SPDX-License-Identifier: Apache-2.0

import CDaemonHarness
import Glibc

/// A program with its arguments, not yet started.
struct Command {
    let program: String
    let arguments: [String]

    init(_ program: String, _ arguments: [String]) {
        self.program = program
        self.arguments = arguments
    }

    /// Starts it with what it prints appended to a file.
    func start(log: String) throws(HarnessError) -> ChildProcess {
        try start { harness_command_start_logged($0, log) }
    }

    /// Starts it with its standard output readable from the descriptor that is returned, which
    /// the caller closes.
    func startPiped() throws(HarnessError) -> (ChildProcess, descriptor: Int32) {
        var descriptor: Int32 = -1
        let child = try start { harness_command_start_piped($0, &descriptor) }
        return (child, descriptor)
    }

    private func start(
        _ begin: (OpaquePointer) -> Int64
    ) throws(HarnessError) -> ChildProcess {
        guard let command = harness_command_make(program) else {
            throw .cannotStart(program: program, errno: ENOMEM)
        }
        for argument in arguments { harness_command_argument(command, argument) }
        let processID = begin(command)
        guard processID > 0 else {
            throw .cannotStart(program: program, errno: Int32(-processID))
        }
        return ChildProcess(program: program, processID: processID)
    }
}
