// SPDX-License-Identifier: Apache-2.0

public import ProtobufC

/// Asks for all services.
public struct HealthListRequest: Message {
    /// The request.
    public init() {}

    /// `grpc.health.v1.HealthListRequest`.
    public static var protoName: String { "grpc.health.v1.HealthListRequest" }

    /// Decodes one whole message; whatever fields it has are skipped.
    public static func decode(
        _ bytes: Span<UInt8>, limits: DecodeLimits
    ) throws(DecodeError) -> HealthListRequest {
        var reader = WireReader(bytes)
        while let field = try reader.nextField() {
            try reader.skip(field.wireType)
        }
        return HealthListRequest()
    }

    /// Appends nothing.
    public func encode(into writer: inout WireWriter) {}
}

/// The status of all services.
public struct HealthListResponse: Message {
    /// By full name of the service; the empty name is the server as a whole.
    public var statuses: [String: ServingStatus] = [:]

    /// A response without services.
    public init() {}

    /// Makes a response.
    public init(statuses: [String: ServingStatus]) {
        self.statuses = statuses
    }

    /// `grpc.health.v1.HealthListResponse`.
    public static var protoName: String { "grpc.health.v1.HealthListResponse" }

    /// Decodes one whole message, with no more services than repeated fields may have elements.
    public static func decode(
        _ bytes: Span<UInt8>, limits: DecodeLimits
    ) throws(DecodeError) -> HealthListResponse {
        var reader = WireReader(bytes)
        var response = HealthListResponse()
        while let field = try reader.nextField() {
            guard field.number == 1, field.wireType == .lengthDelimited else {
                try reader.skip(field.wireType)
                continue
            }
            guard response.statuses.count < limits.repeatedCountMax else {
                throw DecodeError(.tooManyElements, field: "statuses")
            }
            let entry = try Self.entry(bytes, in: reader.lengthDelimited())
            response.statuses[entry.service] = entry.status
        }
        return response
    }

    private static func entry(
        _ bytes: Span<UInt8>, in range: Range<Int>
    ) throws(DecodeError) -> (service: String, status: ServingStatus) {
        var reader = WireReader(bytes, in: range)
        var entry = (service: "", status: ServingStatus.unknown)
        while let field = try reader.nextField() {
            switch (field.number, field.wireType) {
            case (1, .lengthDelimited): entry.service = try reader.string()
            case (2, .lengthDelimited):
                let range = try reader.lengthDelimited()
                entry.status = try HealthCheckResponse.decode(bytes, in: range).status
            default: try reader.skip(field.wireType)
            }
        }
        return entry
    }

    /// Appends the deterministic encoding to `writer`: services in the order of their names.
    public func encode(into writer: inout WireWriter) {
        for (service, status) in statuses.sorted(by: { $0.key < $1.key }) {
            writer.writeDelimited(field: 1) { entry in
                entry.writeString(service, field: 1)
                entry.writeMessage(HealthCheckResponse(status: status), field: 2)
            }
        }
    }
}
