// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import ProtoJSON
import ProtobufC
import TTRPC
import TTRPCServices

/// One run of a command: the daemon, and how results are written.
struct Session {
    let client: AftersalesClient
    let socketPath: String
    let output: OutputFormat

    /// For every call: all of them may run twice, since mutations carry a request id.
    let options: CallOptions

    /// The calls with streams that the client can make.
    var streams = StreamCalls.none

    /// What this program knows by itself.
    static var embeddedFiles: [[UInt8]] { AftersalesDescriptors.files + ServiceDescriptors.files }

    /// What the server can be asked.
    func contract() async throws -> Contract {
        try await ContractReader(
            client: client.rpc, options: options, streams: streams, embedded: Self.embeddedFiles
        ).read()
    }

    /// Whether a method is of the desk, all of whose calls may be sent twice.
    func isOwn(_ method: ProtoJSON.Method) -> Bool {
        method.service.hasPrefix("aftersales.")
    }

    /// The contract, from the descriptors that this program embeds.
    static func schema() throws(SchemaError) -> Schema {
        try Schema(files: AftersalesDescriptors.files)
    }

    /// Writes a response: as JSON with every default, or as the lines that `table` makes of it.
    func show<Response: Message>(
        _ response: Response, _ table: (Response) -> [String]
    ) throws {
        switch output {
        case .table:
            print(table(response).joined(separator: "\n"))
        case .json:
            print(try Self.json(response.encoded(), as: Response.protoName, Self.schema()))
        }
    }

    /// A message as indented JSON, defaults shown.
    static func json(_ bytes: [UInt8], as type: String, _ schema: Schema) throws -> String {
        try schema.print(
            bytes, as: type, options: JSONOptions(includesDefaults: true), layout: .indented)
    }

    /// Makes a mutation; when it fails, the failure tells how to repeat it.
    func mutate<Response>(
        requestID: String, repeatWith command: String,
        _ call: (CallOptions) async throws(RPCError) -> Response
    ) async throws(CallFailure) -> Response {
        do throws(RPCError) {
            return try await call(options)
        } catch {
            throw CallFailure(error: error, requestID: requestID, repeatWith: command)
        }
    }
}

/// A mutation that failed.
struct CallFailure: Error {
    var error: RPCError
    var requestID: String
    /// What sends the very same request again.
    var repeatWith: String
}

extension OnBehalfOf {
    /// A customer.
    init(customer: String) {
        self.init()
        party = .customerID(customer)
    }
}
