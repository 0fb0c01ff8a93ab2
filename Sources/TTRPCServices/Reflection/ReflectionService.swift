// SPDX-License-Identifier: Apache-2.0

public import TTRPC

/// Reflection in both its forms: `grpc.reflection.v1.ServerReflection`, a stream, and
/// `ttrpc.reflection.v1.Reflection`, unary, for clients that have no streams.
///
/// ```swift
/// ReflectionService(files: MyDescriptors.files + ServiceDescriptors.files)
///     .register(in: &registry)
/// ```
public struct ReflectionService: Sendable {
    private let source: CatalogSource

    /// Reflection over these files.
    ///
    /// - Parameter files: serialized `google.protobuf.FileDescriptorProto`s, such as those that
    ///   protoc-gen-swift-ttrpc embeds. They are read when a client first asks. Two with one name
    ///   are taken for the same file.
    public init(files: @autoclosure @escaping @Sendable () -> [[UInt8]]) {
        source = CatalogSource(files)
    }

    /// Registers both services; they tell of what is in the registry by then and of themselves,
    /// so register them last.
    public func register(in registry: inout ServiceRegistry) {
        let own = [ServerReflectionMethod.all, ReflectionMethod.all].joined().map(\.service)
        let services = Set(registry.services + own).sorted()
        StreamReflection(services: services, source: source).register(in: &registry)
        UnaryReflection(services: services, source: source).register(in: &registry)
    }
}
