// SPDX-License-Identifier: Apache-2.0

import TTRPC

/// The standard reflection protocol: one response for each request, in order.
struct StreamReflection: ServerReflectionHandler {
    let services: [String]
    let source: CatalogSource

    func serverReflectionInfo(
        _ requests: MessageStream<ServerReflectionRequest>, _ call: ServerCall,
        _ responses: ResponseWriter<ServerReflectionResponse>
    ) async throws(RPCError) {
        var conversation = ReflectionConversation(
            services: services, catalog: try source.catalog())
        var iterator = requests.makeAsyncIterator()
        while let request = try await iterator.next() {
            try await responses.write(conversation.answer(request))
        }
    }
}
