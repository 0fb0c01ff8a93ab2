// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Why a process could not be started, reached or ended.
public enum HarnessError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No temporary directory.
    case cannotMakeDirectory(errno: Int32)
    /// The program is not there or cannot be executed.
    case cannotStart(program: String, errno: Int32)
    /// The program ended before it listened; the lines are the last it printed.
    case endedEarly(program: String, exitCode: Int32, log: [String])
    /// The program does not listen within the time given; it was killed.
    case notListening(program: String, log: [String])
    /// The program did not end within the time given.
    case notEnding(program: String)
    /// A program whose output was read did not end well.
    case failed(program: String, exitCode: Int32)

    /// A line for a person, with the program's last lines where there are some.
    public var description: String {
        switch self {
        case .cannotMakeDirectory(let code):
            "no temporary directory: \(Self.text(code))"
        case .cannotStart(let program, let code):
            "cannot start \(program): \(Self.text(code))"
        case .endedEarly(let program, let exitCode, let log):
            Self.lines("\(program) ended with exit code \(exitCode) before it listened", log)
        case .notListening(let program, let log):
            Self.lines("\(program) does not listen on its socket", log)
        case .notEnding(let program):
            "\(program) does not end"
        case .failed(let program, let exitCode):
            "\(program) ended with exit code \(exitCode)"
        }
    }

    private static func text(_ code: Int32) -> String {
        String(cString: strerror(code))
    }

    private static func lines(_ first: String, _ log: [String]) -> String {
        ([first] + log.map { "    " + $0 }).joined(separator: "\n")
    }
}
