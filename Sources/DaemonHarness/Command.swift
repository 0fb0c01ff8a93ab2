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

    private enum Output {
        case log(path: String)
        case pipe
    }

    /// Starts it with what it prints appended to a file.
    func start(log: String) throws(HarnessError) -> ChildProcess {
        try start(.log(path: log)).child
    }

    /// Starts it with its standard output readable from the descriptor that is returned, which
    /// the caller closes.
    func startPiped() throws(HarnessError) -> (child: ChildProcess, descriptor: Int32) {
        try start(.pipe)
    }

    private func start(
        _ output: Output
    ) throws(HarnessError) -> (child: ChildProcess, descriptor: Int32) {
        guard let command = harness_command_make(program) else {
            throw .cannotStart(program: program, errno: ENOMEM)
        }
        for argument in arguments { harness_command_argument(command, argument) }
        var descriptor: Int32 = -1
        let processID =
            switch output {
            case .log(let path): harness_command_start_logged(command, path)
            case .pipe: harness_command_start_piped(command, &descriptor)
            }
        guard processID > 0 else {
            throw .cannotStart(program: program, errno: Int32(-processID))
        }
        return (ChildProcess(program: program, processID: processID), descriptor)
    }
}
