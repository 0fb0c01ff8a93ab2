// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import DaemonHarness
import Foundation
import Glibc
import ProtobufC
import TTRPC
import TTRPCServices
import Testing

/// Who may call what follows from the peer's user and groups alone.
@Suite struct RoleTests {
    /// Every method of the contract.
    private static let methods: [MethodDescriptor] = [
        OrderServiceMethod.all, CartServiceMethod.all, SellerServiceMethod.all,
        WarehouseServiceMethod.all, ReturnCenterServiceMethod.all, RefundServiceMethod.all,
        PaymentServiceMethod.all, PaymentWorkerServiceMethod.all, SmsWorkerServiceMethod.all,
        MessageServiceMethod.all, EventServiceMethod.all, PolicyServiceMethod.all,
        AdminServiceMethod.all,
    ].flatMap { $0 }

    private static var thisUser: String {
        getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "root"
    }

    @Test func `a peer without a role is refused every method, and nothing is written`()
        async throws
    {
        let configuration = """
            roles:
              storefront: { users: [daemon], groups: [daemon] }
              admin: { users: [daemon] }
            """
        let stage = try await Stage(configuration: configuration)
        #expect(try await stage.stop() == 0)
        let before = try StoppedDatabase(stage.place).rowCounts()
        try await stage.start()
        #expect(Self.methods.count == 93, "\(Self.methods.count) methods")
        let connection = stage.connection()
        for method in Self.methods {
            // A stream is refused as any call is: before anything flows.
            let method = MethodDescriptor(
                service: method.service, name: method.name, kind: .unary)
            let error = try await refusal {
                try await connection.unary(method, [], options: .idempotent)
            }
            #expect(error?.reason == "PERMISSION_DENIED/ROLE", "\(method)")
            #expect(error?.detail(ErrorInfo.self)?["uid"] == "\(geteuid())", "\(method)")
        }
        #expect(try await stage.desk().health() == .serving, "health is open to everyone")
        #expect(try await stage.stop() == 0)
        #expect(try StoppedDatabase(stage.place).rowCounts() == before)
    }

    @Test func `a storefront cancels, and does not ship`() async throws {
        let stage = try await Stage(
            configuration: "roles:\n  storefront: { users: [\(Self.thisUser)] }\n")
        let desk = stage.desk()
        let order = try await desk.place(Self.mug)
        let error = try await refusal { try await desk.beginShipping(order, "mug") }
        #expect(error?.reason == "PERMISSION_DENIED/ROLE")
        #expect(error?.detail(ErrorInfo.self)?["roles"] == "seller, warehouse")
        #expect(try await desk.current(order) == order)
        #expect(try await desk.cancel(order, [("mug", 1)]).refundTotal == 12_00)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become another user"))
    func `without a configuration another user of the machine holds no role`() async throws {
        let stage = try await Stage()
        let order = try await stage.desk().place(Self.mug)
        let request = cancelRequest(order, [("mug", 1)])
        chmod(stage.place.directory, 0o711)
        // The socket's own mode keeps strangers out; without it the daemon still knows them.
        #expect(throws: HarnessError.failed(program: "perl", exitCode: 3)) {
            try Self.callAsNobody(stage.place, request)
        }
        chmod(stage.place.socket, 0o666)
        let reply = try Self.callAsNobody(stage.place, request)
        // A status leads, after its tag and length of two bytes; its code is PERMISSION_DENIED.
        #expect(Array(reply.prefix(5).suffix(2)) == [0x08, 7], "\(reply)")
        #expect(String(decoding: reply, as: UTF8.self).contains("user 65534 holds none"))
        #expect(try await stage.desk().current(order) == order)
    }

    private static var mug: Basket {
        var basket = Basket()
        basket.add("mug", 12_00)
        basket.totals.grandTotal = basket.money(12_00)
        basket.pay(.card, 12_00)
        return basket
    }

    /// Makes a call in a process of user and group 65534: one frame there, the reply's message back.
    private static func callAsNobody(
        _ place: DaemonPlace, _ request: CancelItemsRequest
    ) throws -> [UInt8] {
        let frame = Envelope.frame(OrderServiceMethod.cancelItems, request.encoded())
        let script = """
            use IO::Socket::UNIX;
            $) = "65534 65534"; $( = 65534; $< = 65534; $> = 65534;
            die "still $<, $>, $(, $)" unless "$<,$>,$(,$)" eq "65534,65534,65534 65534,65534 65534";
            my $socket = IO::Socket::UNIX->new(Peer => $ARGV[0]) or exit 3;
            syswrite $socket, pack("H*", $ARGV[1]);
            read($socket, my $header, 10) == 10 or exit 4;
            read($socket, my $message, unpack("N", $header)) or exit 5;
            print $message;
            """
        var reply: [UInt8] = []
        try ProgramOutput.read("perl", ["-e", script, "--", place.socket, hexadecimal(frame)]) {
            reply += $0
        }
        return reply
    }
}

/// A ttrpc request written by hand, for callers that have no client.
enum Envelope {
    /// One frame: length, stream 1, type request, no flags, then service, method and payload.
    static func frame(_ method: MethodDescriptor, _ payload: [UInt8]) -> [UInt8] {
        let message =
            field(1, Array(method.service.utf8)) + field(2, Array(method.name.utf8))
            + field(3, payload)
        let length = UInt32(message.count)
        let header = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
        return header + [0, 0, 0, 1, 1, 0] + message
    }

    private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        var length = bytes.count
        var result = [number << 3 | 2]
        while length >= 0x80 {
            result.append(UInt8(length & 0x7F) | 0x80)
            length >>= 7
        }
        return result + [UInt8(length)] + bytes
    }
}

/// Bytes as hexadecimal text.
func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { String(format: "%02x", $0) }.joined()
}
