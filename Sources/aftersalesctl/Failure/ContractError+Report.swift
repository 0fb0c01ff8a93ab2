// SPDX-License-Identifier: Apache-2.0

/// What an operator is told of a contract that has not what was asked for.
extension ContractError {
    var exitStatus: ExitStatus {
        switch self {
        case .unknownName, .ambiguous, .requestStream, .responseStream: .usage
        case .descriptors: .failure
        }
    }

    var code: String {
        switch self {
        case .unknownName: "UNKNOWN_NAME"
        case .ambiguous: "AMBIGUOUS_NAME"
        case .requestStream, .responseStream: "STREAM"
        case .descriptors: "DESCRIPTORS"
        }
    }

    var message: String {
        switch self {
        case .unknownName(let name, .server): "the server has nothing called \(name)"
        case .unknownName(let name, .program):
            "the server tells no contract, and this program knows nothing called \(name)"
        case .ambiguous(let name, let meanings):
            "\(name) may be \(meanings.prefix(8).joined(separator: ", "))"
                + (meanings.count > 8 ? " or one of \(meanings.count - 8) more" : "")
        case .requestStream(let method): "\(method) takes a stream of requests"
        case .responseStream(let method): "\(method) answers with a stream"
        case .descriptors(let what): "the descriptors that the server sent are no contract: \(what)"
        }
    }

    var next: String {
        switch self {
        case .unknownName(_, .server): "list shows the services, list SERVICE their methods."
        case .unknownName(_, .program): "list --embedded shows what this program knows."
        case .ambiguous: "Write the full name."
        case .requestStream: "Call it from a program; one JSON object is one request."
        case .responseStream: "Call it from a program, or a method that pages."
        case .descriptors: "See how the server was built; list --embedded needs no server."
        }
    }
}
