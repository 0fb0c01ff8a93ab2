// SPDX-License-Identifier: Apache-2.0

/// Finds a method by the bytes of its names, without making a string per call.
struct MethodTable: Sendable {
    /// How a method's handler is run.
    enum Invoke: Sendable {
        /// Decodes the request and starts the handler.
        case unary(
            @Sendable (
                _ payload: Span<UInt8>, _ call: ServerCall, _ key: CallKey, _ sink: any ReplySink
            ) -> Void)
        /// Runs the handler to its end; the result is the response of a method that has one.
        case stream(
            @Sendable (
                _ payload: [UInt8], _ call: ServerCall, _ stream: ServerStream
            ) async throws(RPCError) -> [UInt8]?)
    }

    /// A method and how to run it.
    struct Entry: Sendable {
        let descriptor: MethodDescriptor
        let service: [UInt8]
        let name: [UInt8]
        let invoke: Invoke
    }

    /// What a look-up found.
    enum Match {
        case found(Entry)
        case noMethod
        case noService
    }

    private var buckets: [UInt64: [Entry]] = [:]
    private var services: Set<[UInt8]> = []

    var descriptors: [MethodDescriptor] {
        buckets.values.flatMap { $0.map(\.descriptor) }
    }

    mutating func insert(_ descriptor: MethodDescriptor, _ invoke: Invoke) {
        let entry = Entry(
            descriptor: descriptor, service: Array(descriptor.service.utf8),
            name: Array(descriptor.name.utf8), invoke: invoke)
        let key = Self.hash(entry.service.span, entry.name.span)
        services.insert(entry.service)
        var bucket = buckets[key] ?? []
        bucket.removeAll { $0.descriptor.fullName == descriptor.fullName }
        bucket.append(entry)
        buckets[key] = bucket
    }

    func find(service: Span<UInt8>, method: Span<UInt8>) -> Match {
        if let bucket = buckets[Self.hash(service, method)] {
            for entry in bucket
            where Self.equal(entry.service.span, service) && Self.equal(entry.name.span, method) {
                return .found(entry)
            }
        }
        return services.contains { Self.equal($0.span, service) } ? .noMethod : .noService
    }

    private static func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else {
            return false
        }
        for index in left.indices where left[index] != right[index] {
            return false
        }
        return true
    }

    /// FNV-1a; the table's keys are the program's own, so nobody can choose collisions.
    private static func hash(_ service: Span<UInt8>, _ method: Span<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in service.indices {
            hash = (hash ^ UInt64(service[index])) &* 0x0000_0100_0000_01b3
        }
        hash = (hash ^ 0x2f) &* 0x0000_0100_0000_01b3
        for index in method.indices {
            hash = (hash ^ UInt64(method[index])) &* 0x0000_0100_0000_01b3
        }
        return hash
    }
}
