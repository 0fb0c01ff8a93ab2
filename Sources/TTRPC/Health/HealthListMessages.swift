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

    /// How many bytes ``encode(into:)`` writes: none.
    public var encodedSize: Int { 0 }

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

    /// How many bytes ``encode(into:)`` writes.
    public var encodedSize: Int {
        statuses.reduce(0) { size, entry in
            size + 1 + WireSize.delimited(Self.entrySize(entry.key, entry.value))
        }
    }

    private static func entrySize(_ service: String, _ status: ServingStatus) -> Int {
        WireSize.string(service, field: 1)
            + WireSize.message(HealthCheckResponse(status: status), field: 2)
    }

    /// Appends the deterministic encoding to `writer`: services in the order of their names.
    public func encode(into writer: inout WireWriter) {
        for (service, status) in statuses.sorted(by: { $0.key < $1.key }) {
            writer.writeTag(1, .lengthDelimited)
            writer.writeVarint(UInt64(Self.entrySize(service, status)))
            writer.writeString(service, field: 1)
            writer.writeMessage(HealthCheckResponse(status: status), field: 2)
        }
    }
}
