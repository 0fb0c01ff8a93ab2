// SPDX-License-Identifier: Apache-2.0

import AftersalesClient
import ArgumentParser
import Foundation
import ProtoJSON
import TTRPC

/// The command `aftersalesctl call SERVICE/METHOD JSON`.
///
/// Knows no method: the request is mapped and the response shown by the server's own descriptors.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call", abstract: "Call any method with JSON.",
        discussion: """
            The service may go without its package: OrderService/GetOrder. A request that has a \
            request id and is given none gets a new one. The response is always JSON; a stream of \
            responses is one object a line. Works on any ttrpc server that has reflection; list \
            shows its services, describe their methods.
            """)

    @Argument(help: ArgumentHelp("The method.", valueName: "service/method"))
    var method: String

    @Argument(
        help: ArgumentHelp(
            "The request in proto3 JSON; - reads it from standard input.", valueName: "json"))
    var json = "{}"

    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        try await globals.run { session in
            // What is wrong with the JSON alone is told without asking a server.
            let given = try JSONValue(
                parsing: json == "-" ? Self.standardInput() : Array(json.utf8))
            let contract = try await session.contract()
            let method = try contract.method(method)
            guard !method.isClientStreaming else {
                throw ContractError.requestStream(method.fullName)
            }
            try await Self.call(method, given, session, contract.schema)
        }
    }

    private static func call(
        _ method: ProtoJSON.Method, _ given: JSONValue, _ session: Session, _ schema: Schema
    ) async throws {
        var request = given
        let requestID = fillRequestID(&request, of: schema.message(named: method.input))
        let bytes = try schema.encode(request, as: method.input)
        var options = session.options
        // Another's method is sent twice only if its contract says that this does no harm.
        options.isIdempotent = requestID != nil || session.isOwn(method) || method.isIdempotent
        let call = PreparedCall(
            method: method, request: bytes, options: options, requestID: requestID)
        guard method.isServerStreaming else {
            let response = try await call.unary(session.client.rpc)
            return print(try Session.json(response, as: method.output, schema))
        }
        let responses = try await call.stream(session.streams)
        while let response = try await responses() {
            let json = try schema.print(
                response, as: method.output, options: JSONOptions(includesDefaults: true))
            // Past the buffer of a pipe: who watches wants each object when it comes.
            FileHandle.standardOutput.write(Data((json + "\n").utf8))
        }
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

/// A call with its encoded request; when it fails and had a request id, the failure tells how to
/// repeat it.
private struct PreparedCall {
    let method: ProtoJSON.Method
    let request: [UInt8]
    let options: CallOptions
    let requestID: String?

    func unary(_ client: any RPCClient) async throws -> [UInt8] {
        let descriptor = MethodDescriptor(service: method.service, name: method.name, kind: .unary)
        do throws(RPCError) {
            return try await client.unary(descriptor, request, options: options).payload
        } catch {
            throw failure(error)
        }
    }

    func stream(_ streams: StreamCalls) async throws -> () async throws -> [UInt8]? {
        guard let open = streams.serverStreaming else {
            throw ContractError.responseStream(method.fullName)
        }
        let descriptor = MethodDescriptor(
            service: method.service, name: method.name, kind: .serverStreaming)
        let responses: StreamCalls.Responses
        do throws(RPCError) {
            responses = try await open(descriptor, request, options)
        } catch {
            throw failure(error)
        }
        return {
            do throws(RPCError) {
                return try await responses()
            } catch {
                throw failure(error)
            }
        }
    }

    private func failure(_ error: RPCError) -> any Error {
        guard let requestID else { return error }
        return CallFailure(
            error: error, requestID: requestID,
            repeatWith: "the same JSON and \"requestId\":\"\(requestID)\"")
    }
}
