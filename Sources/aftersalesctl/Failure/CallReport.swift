// SPDX-License-Identifier: Apache-2.0

import ProtoJSON
import TTRPC

/// What the operator is told of a call that failed: code, reason, message, what the daemon says of
/// it in detail, and what to do next.
struct CallReport {
    let error: RPCError
    /// Set if the call was a mutation.
    let mutation: CallFailure?
    let socketPath: String

    func text(_ output: OutputFormat) -> String {
        output == .json ? json.text(.indented) : lines
    }

    private var lines: String {
        var lines = [
            "aftersalesctl: "
                + [error.code.description, reason].filter { !$0.isEmpty }
                .joined(separator: " ")
        ]
        if !error.message.isEmpty { lines.append("  " + DisplayText.line(error.message)) }
        for entry in info?.metadata ?? [] {
            lines.append("  \(DisplayText.line(entry.key)): \(DisplayText.line(entry.value))")
        }
        for violation in violations {
            let reason = violation.reason.isEmpty ? "" : " (\(violation.reason))"
            lines.append(
                DisplayText.line("  \(violation.field): \(violation.description)\(reason)"))
        }
        for (type, json) in lists {
            lines.append("  \(type):")
            lines += json.text(.indented).split(separator: "\n").map { "    " + $0 }
        }
        if let mutation { lines.append("  request id: \(mutation.requestID)") }
        lines.append("  next: " + next)
        return lines.joined(separator: "\n")
    }

    private var json: JSONValue {
        var members = [
            JSONMember("code", .string(error.code.description)),
            JSONMember("reason", .string(reason)),
            JSONMember("message", .string(error.message)),
        ]
        let metadata = (info?.metadata ?? []).map { JSONMember($0.key, .string($0.value)) }
        members.append(JSONMember("metadata", .object(metadata)))
        let fields = violations.map { violation in
            JSONValue.object([
                JSONMember("field", .string(violation.field)),
                JSONMember("description", .string(violation.description)),
                JSONMember("reason", .string(violation.reason)),
            ])
        }
        members.append(JSONMember("fieldViolations", .array(fields)))
        members.append(
            JSONMember("details", .object(lists.map { JSONMember($0.type, $0.json) })))
        if let mutation {
            members.append(JSONMember("requestId", .string(mutation.requestID)))
        }
        members.append(JSONMember("next", .string(next)))
        return .object(members)
    }

    private var info: ErrorInfo? { error.detail(ErrorInfo.self) }

    private var reason: String { info?.reason ?? "" }

    private var violations: [BadRequest.FieldViolation] {
        error.detail(BadRequest.self)?.fieldViolations ?? []
    }

    /// Details that are messages of the contract, such as `aftersales.v1.BundleClosure`.
    private var lists: [(type: String, json: JSONValue)] {
        guard !error.details.isEmpty, let schema = try? Session.schema() else { return [] }
        return error.details.compactMap { detail in
            let type = String(detail.typeURL.split(separator: "/").last ?? "")
            guard type.hasPrefix("aftersales."),
                let json = try? schema.value(detail.value, as: type)
            else { return nil }
            return (type, json)
        }
    }

    private var next: String {
        let advice = Advice.next(code: error.code, reason: reason, socketPath: socketPath)
        guard let mutation, Advice.isOutcomeUnknown(error.code) else { return advice }
        return advice
            + " It may have taken effect, and takes effect once at most when repeated as: "
            + DisplayText.line(mutation.repeatWith)
    }
}
