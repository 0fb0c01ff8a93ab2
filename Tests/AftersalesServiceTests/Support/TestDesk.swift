// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import AftersalesStore
import Foundation
import ProtobufC
import SQLite
import Synchronization

@testable import AftersalesService
@testable import TTRPC

/// The services over a database of their own, called in this process the way a server calls them:
/// authorization first, then the method table, then the decoding of the request.
final class TestDesk: Sendable {
    let store: Store
    let registry: ServiceRegistry
    private let authorization: AftersalesService.Authorization
    private let directory: String
    private let clock: Clock

    /// The user that holds every role.
    static let everyRole: UInt32 = 1_000
    /// The user that holds none.
    static let noRole: UInt32 = 999

    init() throws {
        let base = FileManager.default.temporaryDirectory.path
        directory = "\(base)/aftersales-service-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false)
        let clock = Clock()
        self.clock = clock
        store = try Store.open(
            directory + "/aftersales.db",
            options: StoreOptions(
                laneCount: 1, initialPolicy: PublishedPolicy.initial,
                now: { Instant(microseconds: clock.microseconds) },
                onFatal: { fatalError("the writer gave up: \($0)") }))
        var assignment = RoleAssignment(everythingTo: [Self.everyRole])
        for role in Role.allCases { assignment.grant(role, toUser: Self.user(role)) }
        var registry = ServiceRegistry()
        ShopServices(store: store, assignment: assignment).register(in: &registry)
        self.registry = registry
        authorization = Authorization(assignment)
    }

    deinit {
        try? store.close()
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// The user that holds one role only.
    static func user(_ role: Role) -> UInt32 {
        2_000 + UInt32(Role.allCases.firstIndex(of: role) ?? 0)
    }

    /// Calls as the user with one role; nil = with all of them.
    func client(_ role: Role? = nil) -> InProcessClient {
        InProcessClient(desk: self, user: role.map(Self.user) ?? Self.everyRole)
    }

    /// Lets the store's clock go on.
    func wait(seconds: Int64) {
        clock.advance(microseconds: seconds * 1_000_000)
    }

    /// Every row of every table as text: equal before and after means untouched.
    func contents() throws -> [String] {
        let connection = try Connection(path: directory + "/aftersales.db", mode: .readOnly)
        defer { connection.close() }
        var rows: [String] = []
        let tables = try connection.scalars(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        for table in tables {
            let columns = try connection.scalars("SELECT name FROM pragma_table_info('\(table)')")
            let text = columns.map { "quote(\"\($0)\")" }.joined(separator: " || '|' || ")
            rows += try connection.scalars("SELECT '\(table)|' || \(text) FROM \"\(table)\"")
        }
        return rows
    }

    fileprivate func call(
        _ method: MethodDescriptor, _ request: [UInt8], user: UInt32, timeout: Duration,
        _ answer: @escaping @Sendable (UnaryOutcome) -> Void
    ) {
        let peer = Peer(uid: user, gid: user, pid: 1, groups: [])
        if let refusal = authorization.refusal(peer: peer, method: method) {
            return answer(.failure(refusal))
        }
        let service = Array(method.service.utf8)
        let name = Array(method.name.utf8)
        guard case .found(let entry) = registry.find(service: service.span, method: name.span)
        else { return answer(.failure(RPCError(.unimplemented, "not registered"))) }
        let call = ServerCall(
            method: method, peer: peer, lane: 0,
            deadline: ContinuousClock.now.advanced(by: timeout))
        guard case .unary(let invoke) = entry.invoke else {
            return answer(.failure(RPCError(.unimplemented, "a stream")))
        }
        let sink = ClosureSink { outcome, _ in answer(outcome) }
        invoke(request.span, call, CallKey(streamID: 1, serial: 1), sink)
    }

    private final class Clock: Sendable {
        private let now = Mutex<Int64>(1_700_000_000_000_000)
        var microseconds: Int64 { now.withLock { $0 } }
        func advance(microseconds: Int64) { now.withLock { $0 += microseconds } }
    }
}

/// One peer of a ``TestDesk``; calls are made one after another, as on one lane.
struct InProcessClient: RPCClient {
    let desk: TestDesk
    let user: UInt32

    func unary(
        _ method: MethodDescriptor, _ request: [UInt8], options: CallOptions
    ) async throws(RPCError) -> [UInt8] {
        let outcome: UnaryOutcome = await withCheckedContinuation { continuation in
            desk.call(
                method, request, user: user, timeout: options.timeout ?? .seconds(600)
            ) { continuation.resume(returning: $0) }
        }
        return try outcome.get()
    }

    var orders: OrderServiceClient { OrderServiceClient(self) }
    var warehouse: WarehouseServiceClient { WarehouseServiceClient(self) }
    var messages: MessageServiceClient { MessageServiceClient(self) }
    var refunds: RefundServiceClient { RefundServiceClient(self) }
    var payments: PaymentServiceClient { PaymentServiceClient(self) }
    var policy: PolicyServiceClient { PolicyServiceClient(self) }
}

/// What a refusal says, taken apart.
struct Refusal: Equatable, CustomStringConvertible {
    var code: StatusCode
    var reason: String
    var metadata: [String: String]
    var fields: [String]

    init(_ error: RPCError) {
        let info = error.detail(ErrorInfo.self)
        code = error.code
        reason = info?.reason ?? ""
        metadata = Dictionary(
            (info?.metadata ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        fields = error.detail(BadRequest.self)?.fieldViolations.map(\.field) ?? []
    }

    var description: String { "\(code)/\(reason) \(metadata) \(fields)" }
}

/// The refusal a call ends with; nil if it succeeds.
func refusal<Value>(_ call: () async throws(RPCError) -> Value) async -> RPCError? {
    do throws(RPCError) {
        _ = try await call()
        return nil
    } catch {
        return error
    }
}

extension RPCError {
    /// A detail that is a message of the contract.
    func message<Detail: ProtobufC.Message>(_ type: Detail.Type) -> Detail? {
        guard let detail = details.first(where: { $0.typeURL.hasSuffix("/" + Detail.protoName) })
        else { return nil }
        return try? Detail.decode(detail.value.span)
    }
}

/// A fresh key.
func newKey() -> String { UUID().uuidString.lowercased() }

extension OnBehalfOf {
    static func customer(_ id: String) -> OnBehalfOf { OnBehalfOf(party: .customerID(id)) }
    static func seller(_ id: String) -> OnBehalfOf { OnBehalfOf(party: .sellerID(id)) }
}
