// SPDX-License-Identifier: Apache-2.0

import TTRPC

/// One stream's questions and answers: pure, but for what was sent already.
struct ReflectionConversation {
    let services: [String]
    let catalog: DescriptorCatalog
    private var sent: Set<String> = []

    init(services: [String], catalog: DescriptorCatalog) {
        self.services = services
        self.catalog = catalog
    }

    /// The response to one request; what cannot be answered is an `error_response`.
    mutating func answer(_ request: ServerReflectionRequest) -> ServerReflectionResponse {
        ServerReflectionResponse(
            validHost: request.host, originalRequest: request,
            messageResponse: answer(request.messageRequest))
    }

    private mutating func answer(
        _ question: ServerReflectionRequest.MessageRequest?
    ) -> ServerReflectionResponse.MessageResponse {
        switch question {
        case .fileByFilename(let name):
            files(catalog.file(named: name))
        case .fileContainingSymbol(let symbol):
            files(catalog.file(declaring: symbol))
        case .fileContainingExtension(let request):
            files(
                catalog.file(extending: request.containingType, number: request.extensionNumber))
        case .allExtensionNumbersOfType(let name):
            if let numbers = catalog.extensionNumbers(of: name) {
                .allExtensionNumbersResponse(
                    ExtensionNumberResponse(baseTypeName: name, extensionNumber: numbers))
            } else {
                Self.error(.notFound, "no such message")
            }
        case .listServices:
            .listServicesResponse(
                ListServiceResponse(service: services.map { ServiceResponse(name: $0) }))
        // A kind of a later version of the protocol looks the same as none.
        case nil: Self.error(.unimplemented, "a kind of request that is not known here")
        }
    }

    private mutating func files(
        _ file: DescriptorCatalog.File?
    ) -> ServerReflectionResponse.MessageResponse {
        // The names are not repeated in the text: the request is in the response as it is.
        guard let file else { return Self.error(.notFound, "nothing of this name") }
        let wanted = catalog.withImports([file]).reversed().filter {
            $0.name == file.name || !sent.contains($0.name)
        }
        sent.formUnion(wanted.map(\.name))
        return .fileDescriptorResponse(
            FileDescriptorResponse(fileDescriptorProto: wanted.map(\.bytes)))
    }

    private static func error(
        _ code: StatusCode, _ message: String
    ) -> ServerReflectionResponse.MessageResponse {
        .errorResponse(ErrorResponse(errorCode: code.rawValue, errorMessage: message))
    }
}
