// SPDX-License-Identifier: Apache-2.0

/// Whether calls are served: grpc.health.v1.HealthCheckResponse.ServingStatus.
public enum ServingStatus: Sendable, Hashable {
    /// Not known.
    case unknown
    /// Calls are served.
    case serving
    /// Calls are not served: starting, draining or broken.
    case notServing
    /// There is no such service; used only by a watch.
    case serviceUnknown
    /// A number that this version does not know.
    case unrecognized(Int32)

    /// The status of a number on the wire.
    public init(rawValue: Int32) {
        self =
            switch rawValue {
            case 0: .unknown
            case 1: .serving
            case 2: .notServing
            case 3: .serviceUnknown
            default: .unrecognized(rawValue)
            }
    }

    /// The number on the wire.
    public var rawValue: Int32 {
        switch self {
        case .unknown: 0
        case .serving: 1
        case .notServing: 2
        case .serviceUnknown: 3
        case .unrecognized(let rawValue): rawValue
        }
    }
}
