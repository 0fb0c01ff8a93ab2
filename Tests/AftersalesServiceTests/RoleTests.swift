// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import ProtoJSON
import TTRPC
import Testing

@testable import AftersalesService

/// Who may call what, held against the contract's own words.
@Suite struct RoleTests {
    /// The contract's methods, read from the descriptors that the program carries.
    private static let methods: [ProtoJSON.Method] = {
        guard let schema = try? Schema(files: AftersalesDescriptors.files) else { return [] }
        return schema.services.filter { $0.name.hasPrefix("aftersales.v1.") }
            .flatMap(\.methods)
    }()

    /// The methods that are built.
    private static let built: Set<String> = [
        "OrderService/ImportOrder", "OrderService/GetOrder", "OrderService/ListOrders",
        "OrderService/GetCancelOptions", "OrderService/PreviewCancel",
        "OrderService/CancelItems", "WarehouseService/BeginShipping",
        "WarehouseService/ReportShipmentEvents", "WarehouseService/LeaseTasks",
        "WarehouseService/AckTask", "MessageService/ListMessages", "MessageService/MarkRead",
        "RefundService/GetRefund", "RefundService/ListRefunds", "PaymentService/ReportTender",
        "PolicyService/GetPolicy",
    ]

    private static func descriptor(_ method: ProtoJSON.Method) -> MethodDescriptor {
        MethodDescriptor(
            service: method.service, name: method.name,
            kind: method.isServerStreaming ? .serverStreaming : .unary)
    }

    /// The names on the line `Roles: …` of a comment.
    private static func roles(in comment: String) -> [String]? {
        let lines = comment.split(separator: "\n").map { $0.drop { $0 == " " } }
        guard let line = lines.first(where: { $0.hasPrefix("Roles: ") }), line.hasSuffix(".")
        else { return nil }
        return line.dropFirst(7).dropLast().split(separator: ", ").map(String.init)
    }

    @Test func `the table of roles says what the contract's comments say`() throws {
        #expect(Self.methods.count == 93)
        #expect(MethodRoles.count == 93)
        for method in Self.methods {
            let names = try #require(
                Self.roles(in: method.comment), "\(method.fullName) has no line of roles")
            let known = names.compactMap { Role(rawValue: $0) }
            #expect(known.count == names.count, "\(method.fullName): \(names)")
            let table = MethodRoles.roles(of: Self.descriptor(method))
            #expect(table == RoleSet(known), "\(method.fullName): \(names)")
        }
    }

    @Test func `every method of the contract is registered, and no other`() throws {
        let desk = try TestDesk()
        let registered = Set(desk.registry.methods.map(\.fullName))
        #expect(registered == Set(Self.methods.map { Self.descriptor($0).fullName }))
    }

    @Test func `a method that is not built answers UNIMPLEMENTED`() async throws {
        let desk = try TestDesk()
        for method in Self.methods {
            let error = await refusal { () async throws(RPCError) in
                try await desk.client().unary(Self.descriptor(method), [], options: .init())
            }
            let isBuilt = Self.built.contains {
                Self.descriptor(method).fullName == "aftersales.v1." + $0
            }
            #expect((error?.code == .unimplemented) != isBuilt, "\(method.fullName)")
        }
    }

    @Test func `each role calls its methods and no other, whatever the request says`()
        async throws
    {
        let desk = try TestDesk()
        for method in Self.methods {
            let allowed = Set(Self.roles(in: method.comment) ?? [])
            for role in Role.allCases {
                let error = await refusal { () async throws(RPCError) in
                    try await desk.client(role).unary(
                        Self.descriptor(method), [], options: .init())
                }
                let isRefused = error.map { Refusal($0).reason == "ROLE" } ?? false
                #expect(
                    isRefused != allowed.contains(role.rawValue),
                    "\(method.fullName) as \(role.rawValue)")
                guard isRefused, let error else { continue }
                #expect(error.code == .permissionDenied)
                #expect(Refusal(error).metadata["uid"] == "\(TestDesk.user(role))")
                let named = Refusal(error).metadata["roles"]?.split(separator: ", ")
                #expect(Set(named?.map(String.init) ?? []) == allowed)
            }
        }
    }

    @Test func `a peer without any role is refused everywhere and changes nothing`()
        async throws
    {
        let desk = try TestDesk()
        let before = try desk.contents()
        let stranger = InProcessClient(desk: desk, user: TestDesk.noRole)
        for method in Self.methods {
            let error = await refusal { () async throws(RPCError) in
                try await stranger.unary(Self.descriptor(method), [], options: .init())
            }
            #expect(error?.code == .permissionDenied, "\(method.fullName)")
        }
        #expect(try desk.contents() == before)
    }

    @Test(arguments: [
        "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "ttrpc.reflection.v1.Reflection/ListServices",
        "ttrpc.reflection.v1.Reflection/GetFileDescriptorSet",
    ])
    func `the contract is told to root and to every role, and to nobody else`(path: String) {
        let parts = path.split(separator: "/").map(String.init)
        let method = MethodDescriptor(service: parts[0], name: parts[1], kind: .unary)
        let health = MethodDescriptor(
            service: "grpc.health.v1.Health", name: "Check", kind: .unary)
        for role in Role.allCases {
            var assignment = RoleAssignment()
            assignment.grant(role, toUser: 10)
            let authorization = Authorization(assignment)
            func refusal(_ uid: UInt32, _ method: MethodDescriptor) -> RPCError? {
                authorization.refusal(
                    peer: Peer(uid: uid, gid: 1, pid: 1, groups: []), method: method)
            }
            #expect(refusal(10, method) == nil, "\(role)")
            #expect(refusal(0, method) == nil)
            #expect(refusal(11, method)?.code == .permissionDenied)
            #expect(refusal(11, health) == nil, "health is open to everyone")
        }
    }

    @Test func `groups give roles beside the user's own`() {
        var assignment = RoleAssignment()
        assignment.grant(.storefront, toUser: 10)
        assignment.grant(.support, toGroup: 20)
        assignment.grant(.admin, toGroup: 30)
        func roles(uid: UInt32, gid: UInt32, groups: [UInt32] = []) -> [Role] {
            assignment.roles(of: Peer(uid: uid, gid: gid, pid: 1, groups: groups)).roles
        }
        #expect(roles(uid: 10, gid: 10) == [.storefront])
        #expect(roles(uid: 10, gid: 20) == [.storefront, .support])
        #expect(roles(uid: 11, gid: 11, groups: [30, 20]) == [.support, .admin])
        #expect(roles(uid: 20, gid: 10) == [])
    }
}
