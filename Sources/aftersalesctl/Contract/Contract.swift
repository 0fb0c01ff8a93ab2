// SPDX-License-Identifier: Apache-2.0

import ProtoJSON
import TTRPCServices

/// What can be asked of a server, and in which messages.
struct Contract {
    /// Who says so.
    enum Origin: String {
        /// The server, by reflection.
        case server
        /// This program; the server does not tell its contract, or was not asked.
        case program
    }

    let origin: Origin
    /// Full names, sorted; those the server has no descriptors of too.
    let services: [String]
    let schema: Schema

    /// The contract of some files, of which there may be several of one name.
    init(origin: Origin, services: [String], files: [[UInt8]]) throws(ContractError) {
        self.origin = origin
        self.services = services
        do {
            schema = try Schema(files: try DescriptorCatalog(files: files).files.map(\.bytes))
        } catch let error as SchemaError {
            throw .descriptors("\(error.reason) \(error.name)")
        } catch {
            throw .descriptors("malformed")
        }
    }

    /// What this program knows by itself.
    static func embedded(_ files: [[UInt8]]) throws(ContractError) -> Contract {
        let contract = try Contract(origin: .program, services: [], files: files)
        return Contract(contract, services: contract.schema.services.map(\.name).sorted())
    }

    private init(_ contract: Contract, services: [String]) {
        (origin, schema, self.services) = (contract.origin, contract.schema, services)
    }

    /// The one declaration that a name means.
    func symbol(_ name: String) throws(ContractError) -> Symbol {
        let found = schema.symbols(named: name)
        guard found.count < 2 else { throw .ambiguous(name, found.map(\.name)) }
        guard let symbol = found.first else { throw unknown(name) }
        return symbol
    }

    /// The method that `SERVICE/METHOD` or `SERVICE.METHOD` means.
    func method(_ path: String) throws(ContractError) -> Method {
        guard let method = schema.method(path) else {
            let found = schema.symbols(named: path).filter { symbol in
                if case .method = symbol { true } else { false }
            }
            guard found.count == 1, case .method(let method) = found.first else {
                throw found.isEmpty ? unknown(path) : .ambiguous(path, found.map(\.name))
            }
            return method
        }
        return method
    }

    /// The service of this full name, or else the only one whose name ends with it.
    func service(_ name: String) throws(ContractError) -> Service {
        guard let service = schema.service(named: name) else { throw unknown(name) }
        return service
    }

    private func unknown(_ name: String) -> ContractError {
        .unknownName(name, origin)
    }
}

/// Why a name, or a server, is not understood.
enum ContractError: Error {
    /// Nothing is called so.
    case unknownName(String, Contract.Origin)
    /// Several declarations may be meant.
    case ambiguous(String, [String])
    /// A method whose requests are a stream cannot be called with one JSON object.
    case requestStream(String)
    /// Responses come as a stream, which this program's client cannot take.
    case responseStream(String)
    /// What the server sent is not a contract.
    case descriptors(String)
}
