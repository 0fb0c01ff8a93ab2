// SPDX-License-Identifier: Apache-2.0

public import ProtobufC

/// Asks for one service.
public struct HealthCheckRequest: Message {
    /// The full name of the service; empty for the server as a whole.
    public var service = ""

    /// A request for the server as a whole.
    public init() {}

    /// Makes a request.
    public init(service: String) {
        self.service = service
    }

    /// `grpc.health.v1.HealthCheckRequest`.
    public static var protoName: String { "grpc.health.v1.HealthCheckRequest" }

    /// Decodes one whole message; it has no nesting, so the limits are always kept.
    public static func decode(
        _ bytes: Span<UInt8>, limits: DecodeLimits
    ) throws(DecodeError) -> HealthCheckRequest {
        var reader = WireReader(bytes)
        var request = HealthCheckRequest()
        while let field = try reader.nextField() {
            switch (field.number, field.wireType) {
            case (1, .lengthDelimited):
                do throws(DecodeError) {
                    request.service = try reader.string()
                } catch {
                    throw DecodeError(error.reason, field: "service")
                }
            default: try reader.skip(field.wireType)
            }
        }
        return request
    }

    /// Appends the deterministic encoding to `writer`.
    public func encode(into writer: inout WireWriter) {
        writer.string(1, service)
    }
}

/// The status of one service.
public struct HealthCheckResponse: Message {
    /// The status now.
    public var status = ServingStatus.unknown

    /// A response that says that nothing is known.
    public init() {}

    /// Makes a response.
    public init(status: ServingStatus) {
        self.status = status
    }

    /// `grpc.health.v1.HealthCheckResponse`.
    public static var protoName: String { "grpc.health.v1.HealthCheckResponse" }

    /// Decodes one whole message; it has no nesting, so the limits are always kept.
    public static func decode(
        _ bytes: Span<UInt8>, limits: DecodeLimits
    ) throws(DecodeError) -> HealthCheckResponse {
        try decode(bytes, in: bytes.indices)
    }

    static func decode(
        _ bytes: Span<UInt8>, in range: Range<Int>
    ) throws(DecodeError) -> HealthCheckResponse {
        var reader = WireReader(bytes, in: range)
        var response = HealthCheckResponse()
        while let field = try reader.nextField() {
            switch (field.number, field.wireType) {
            case (1, .varint):
                let number = Int32(truncatingIfNeeded: try reader.varint())
                response.status = ServingStatus(rawValue: number)
            default: try reader.skip(field.wireType)
            }
        }
        return response
    }

    /// Appends the deterministic encoding to `writer`.
    public func encode(into writer: inout WireWriter) {
        writer.varint(1, number)
    }

    /// An enum's number is written with its sign, in 64 bits.
    private var number: UInt64 {
        UInt64(bitPattern: Int64(status.rawValue))
    }
}
