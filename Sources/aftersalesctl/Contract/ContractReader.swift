// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import TTRPC
import TTRPCServices

/// Learns what a server can be asked: from the server itself if it can tell, or else from what
/// this program embeds.
struct ContractReader {
    let client: any RPCClient
    let options: CallOptions
    let streams: StreamCalls
    /// Descriptors of the services that this program knows by itself.
    let embedded: [[UInt8]]

    /// How often a server is asked for files that its files import.
    static let importRoundsMax = 32

    /// Asks in unary calls, then in a stream, then nobody.
    func read() async throws -> Contract {
        if let contract = try await unary() { return contract }
        if let contract = try await stream() { return contract }
        return try Contract.embedded(embedded)
    }

    // MARK: Unary

    private func unary() async throws -> Contract? {
        let reflection = ReflectionClient(client)
        let list: ListServicesResponse
        do throws(RPCError) {
            list = try await reflection.listServices(ListServicesRequest(), options: options)
        } catch {
            guard Self.isUntold(error) else { throw error }
            return nil
        }
        return try Contract(
            origin: .server, services: list.services.map(\.name),
            files: try await files(of: list.services, reflection))
    }

    private func files(
        of services: [ServedService], _ reflection: ReflectionClient
    ) async throws(RPCError) -> [[UInt8]] {
        do throws(RPCError) {
            let all = GetFileDescriptorSetRequest()
            return try await reflection.getFileDescriptorSet(all, options: options).file
        } catch {
            guard error.code == .resourceExhausted else { throw error }
        }
        // Larger than a frame: in parts.
        var files: [[UInt8]] = []
        for service in services where !service.file.isEmpty {
            let request = GetFileDescriptorSetRequest(service: service.name)
            files += try await reflection.getFileDescriptorSet(request, options: options).file
        }
        return files
    }

    // MARK: Stream

    private func stream() async throws -> Contract? {
        guard let ask = streams.reflection else { return nil }
        let services: [String]
        do throws(RPCError) {
            services = try Self.services(
                await ask([ServerReflectionRequest(messageRequest: .listServices("*"))], options))
        } catch {
            guard Self.isUntold(error) else { throw error }
            return nil
        }
        var files = try Self.files(await ask(services.map(Self.request(declaring:)), options))
        // A server may leave out what it takes for granted, such as google/protobuf/any.proto.
        var asked: Set<String> = []
        for _ in 0..<Self.importRoundsMax {
            let catalog = try Self.catalog(files)
            let missing = Set(catalog.files.flatMap(\.imports)).filter {
                catalog.file(named: $0) == nil && asked.insert($0).inserted
            }
            if missing.isEmpty { break }
            files += try Self.files(
                await ask(missing.sorted().map(Self.request(file:)), options))
        }
        return try Contract(origin: .server, services: services, files: files)
    }

    private static func request(declaring symbol: String) -> ServerReflectionRequest {
        ServerReflectionRequest(messageRequest: .fileContainingSymbol(symbol))
    }

    private static func request(file: String) -> ServerReflectionRequest {
        ServerReflectionRequest(messageRequest: .fileByFilename(file))
    }

    private static func catalog(_ files: [[UInt8]]) throws(ContractError) -> DescriptorCatalog {
        do throws(DecodeError) {
            return try DescriptorCatalog(files: files)
        } catch {
            throw .descriptors("malformed")
        }
    }

    private static func services(
        _ responses: [ServerReflectionResponse]
    ) throws(RPCError) -> [String] {
        switch responses.first?.messageResponse {
        case .listServicesResponse(let list): return list.service.map(\.name).sorted()
        case .errorResponse(let error):
            throw RPCError(StatusCode(rawValue: error.errorCode), error.errorMessage)
        default: throw RPCError(.internal, "the server did not list its services")
        }
    }

    /// The files of all responses; one that is an error leaves its service without descriptors.
    private static func files(_ responses: [ServerReflectionResponse]) -> [[UInt8]] {
        responses.flatMap { response in
            if case .fileDescriptorResponse(let files) = response.messageResponse {
                files.fileDescriptorProto
            } else {
                [] as [[UInt8]]
            }
        }
    }

    /// Whether the server has no such service, as UNIMPLEMENTED says and ttrpc-rust's
    /// INVALID_ARGUMENT, or does not tell this user; a method may be open to all the same.
    private static func isUntold(_ error: RPCError) -> Bool {
        [.unimplemented, .invalidArgument, .permissionDenied].contains(error.code)
    }
}
