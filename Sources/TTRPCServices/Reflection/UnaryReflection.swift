// SPDX-License-Identifier: Apache-2.0

import TTRPC

/// Reflection in unary calls.
struct UnaryReflection: ReflectionHandler {
    let services: [String]
    let source: CatalogSource

    func listServices(
        _ request: ListServicesRequest, _ call: ServerCall,
        _ reply: UnaryReply<ListServicesResponse>
    ) {
        do throws(RPCError) {
            let catalog = try source.catalog()
            let list = services.map { name in
                ServedService(name: name, file: catalog.file(declaring: name)?.name ?? "")
            }
            reply.succeed(ListServicesResponse(services: list))
        } catch {
            reply.fail(error)
        }
    }

    func getFileDescriptorSet(
        _ request: GetFileDescriptorSetRequest, _ call: ServerCall,
        _ reply: UnaryReply<GetFileDescriptorSetResponse>
    ) {
        do throws(RPCError) {
            reply.succeed(try fileDescriptorSet(request.service))
        } catch {
            reply.fail(error)
        }
    }

    private func fileDescriptorSet(
        _ service: String
    ) throws(RPCError) -> GetFileDescriptorSetResponse {
        let catalog = try source.catalog()
        var declared: [(service: String, file: DescriptorCatalog.File)] = []
        for name in service.isEmpty ? services : services.filter({ $0 == service }) {
            if let file = catalog.file(declaring: name) { declared.append((name, file)) }
        }
        guard service.isEmpty || !declared.isEmpty else { throw .noSuchService(service) }
        return GetFileDescriptorSetResponse(
            file: catalog.withImports(declared.map(\.file)).map(\.bytes),
            services: declared.map(\.service))
    }
}
