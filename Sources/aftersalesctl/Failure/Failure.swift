// SPDX-License-Identifier: Apache-2.0

import ProtoJSON
import TTRPC

/// A failure that has a report and an exit status of its own.
struct Failure {
    private enum Cause {
        case call(RPCError)
        case mutation(CallFailure)
        case json(ProtoJSONError)
        case contract(ContractError)
        case notServing(String)
    }

    private let cause: Cause
    private let socketPath: String

    /// Makes a failure of an error; nil if the error is the argument parser's own.
    init?(_ error: any Error, socketPath: String) {
        switch error {
        case let error as RPCError: cause = .call(error)
        case let failure as CallFailure: cause = .mutation(failure)
        case let error as ProtoJSONError: cause = .json(error)
        case let error as ContractError: cause = .contract(error)
        case let error as NotServing: cause = .notServing(error.answer)
        default: return nil
        }
        self.socketPath = socketPath
    }

    var exitStatus: ExitStatus {
        switch cause {
        case .call(let error): ExitStatus(error.code)
        case .mutation(let failure): ExitStatus(failure.error.code)
        case .json: .usage
        case .contract(let error): error.exitStatus
        case .notServing: .unavailable
        }
    }

    /// The report, without a newline at its end.
    func text(_ output: OutputFormat) -> String {
        switch cause {
        case .call(let error):
            return CallReport(error: error, mutation: nil, socketPath: socketPath).text(output)
        case .mutation(let failure):
            return CallReport(error: failure.error, mutation: failure, socketPath: socketPath)
                .text(output)
        case .json(let error):
            return plain(
                code: "INVALID_JSON", message: error.description,
                next: "Correct the JSON; describe METHOD shows the fields.", output)
        case .contract(let error):
            return plain(code: error.code, message: error.message, next: error.next, output)
        case .notServing(let answer):
            return plain(
                code: "NOT_SERVING", message: "the daemon at \(socketPath) answers \(answer)",
                next: "Wait, or see its log: journalctl -u aftersalesd", output)
        }
    }

    private func plain(
        code: String, message: String, next: String, _ output: OutputFormat
    ) -> String {
        switch output {
        case .table: "aftersalesctl: \(code): \(DisplayText.line(message))\n  next: \(next)"
        case .json:
            JSONValue.object([
                JSONMember("code", .string(code)), JSONMember("message", .string(message)),
                JSONMember("next", .string(next)),
            ]).text(.indented)
        }
    }
}

/// The daemon is there and does not take calls.
struct NotServing: Error {
    var answer: String
}
