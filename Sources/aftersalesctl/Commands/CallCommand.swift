// SPDX-License-Identifier: Apache-2.0

import AftersalesClient
import ArgumentParser
import Foundation
import ProtoJSON
import TTRPC

/// The command `aftersalesctl call SERVICE/METHOD JSON`.
///
/// Knows no method: the request is mapped and the response shown by the embedded descriptors.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call", abstract: "Call any method with JSON.",
        discussion: """
            The service may go without its package: OrderService/GetOrder. A request that has a \
            request id and is given none gets a new one. The response is always JSON.
            """)

    @Argument(help: ArgumentHelp("The method.", valueName: "service/method"))
    var method: String?

    @Argument(
        help: ArgumentHelp(
            "The request in proto3 JSON; - reads it from standard input.", valueName: "json"))
    var json = "{}"

    @Flag(help: "List all methods.")
    var list = false

    @Flag(help: "Show what the contract says about the method and its request.")
    var describe = false

    @OptionGroup var globals: GlobalOptions

    func validate() throws {
        guard list || method != nil else {
            throw ValidationError("Name a method, or list them with --list.")
        }
    }

    func run() async throws {
        let schema = try Session.schema()
        if list {
            return print(ContractText.methods(schema).joined(separator: "\n"))
        }
        guard let path = method, let method = schema.method(path) else {
            throw ValidationError(
                "No method \(DisplayText.line(method ?? "")); call --list shows all.")
        }
        if describe {
            return print(ContractText.description(of: method, schema).joined(separator: "\n"))
        }
        guard !method.isClientStreaming, !method.isServerStreaming else {
            throw ValidationError(
                "\(method.fullName) is a stream; only unary methods can be called.")
        }
        try await globals.run { session in
            try await call(method, session, schema)
        }
    }

    private func call(_ method: ProtoJSON.Method, _ session: Session, _ schema: Schema) async throws
    {
        var request = try JSONValue(parsing: json == "-" ? Self.standardInput() : Array(json.utf8))
        let requestID = Self.fillRequestID(&request, of: schema.message(named: method.input))
        let bytes = try schema.encode(request, as: method.input)
        let descriptor = MethodDescriptor(service: method.service, name: method.name, kind: .unary)
        let rpc = session.client.rpc
        let response: [UInt8]
        if let requestID {
            response = try await session.mutate(
                requestID: requestID, repeatWith: "the same JSON and \"requestId\":\"\(requestID)\""
            ) { options throws(RPCError) in
                try await rpc.unary(descriptor, bytes, options: options).payload
            }
        } else {
            response = try await rpc.unary(descriptor, bytes, options: session.options).payload
        }
        print(try Session.json(response, as: method.output, schema))
    }

    /// The request's id, made if the message has one and the JSON does not; nil for a read.
    private static func fillRequestID(_ request: inout JSONValue, of type: MessageType?) -> String?
    {
        guard type?.fields.contains(where: { $0.name == "request_id" }) == true,
            case .object(var members) = request
        else { return nil }
        for key in ["requestId", "request_id"] {
            guard let given = request[key] else { continue }
            guard case .string(let id) = given else { return nil }
            return id
        }
        let id = RequestID.make()
        members.append(JSONMember("requestId", .string(id)))
        request = .object(members)
        return id
    }

    private static func standardInput() throws -> [UInt8] {
        [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
    }
}
