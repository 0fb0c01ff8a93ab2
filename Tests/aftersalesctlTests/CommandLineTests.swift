// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import Foundation
import ProtoJSON
import ProtobufC
import TTRPC
import TTRPCServices
import Testing

/// The built program against a real server on a socket.
@Suite("The command line")
struct CommandLineTests {
    @Test func `status tells health, socket and round trip`() async throws {
        try await Desk.serve { desk in
            let run = try await aftersalesctl("--socket", desk.socketPath, "status")
            #expect(run.status == 0, "\(run)")
            #expect(run.output.contains("status      SERVING\nsocket      \(desk.socketPath)\n"))
            #expect(run.output.contains("round trip  "))
        }
    }

    @Test func `a daemon that does not serve is exit status 69`() async throws {
        try await Desk.serve(health: .notServing) { desk in
            let run = try await aftersalesctl("status", "--socket", desk.socketPath)
            #expect(run.status == 69 && run.error.contains("NOT_SERVING"), "\(run)")
        }
    }

    @Test func `no daemon is exit status 69 and says where it was sought`() async throws {
        let run = try await aftersalesctl("status", "--socket", "/tmp/no-such.sock")
        #expect(run.status == 69 && run.output.isEmpty, "\(run)")
        #expect(run.error.hasPrefix("aftersalesctl: UNAVAILABLE CONNECT_FAILED\n"), "\(run)")
        #expect(run.error.contains("/tmp/no-such.sock"))
    }

    @Test func `the socket may come from the environment`() async throws {
        try await Desk.serve { desk in
            let run = try await aftersalesctl(
                "order", "show", "ord_1", environment: ["AFTERSALES_SOCKET": desk.socketPath])
            #expect(run.status == 0, "\(run)")
            #expect(run.output.contains("state     PARTIALLY_SHIPPED\n"))
            #expect(run.output.contains("Cup 杯"))
            #expect(run.output.contains("10.00 EUR"))
            #expect(run.output.contains("2 OPEN, 1 SHIPPED"))
        }
    }

    @Test func `JSON output is the response in proto3 JSON`() async throws {
        try await Desk.serve { desk in
            let run = try await aftersalesctl(
                "--output", "json", "order", "show", "ord_1", "--socket", desk.socketPath)
            let json = try JSONValue(parsing: Array(run.output.utf8))
            #expect(json["order"]?["version"] == .string("7"))
            #expect(json["order"]?["state"] == .string("ORDER_STATE_PARTIALLY_SHIPPED"))
        }
    }

    @Test func `lists show their page and the way to the next`() async throws {
        try await Desk.serve { desk in
            let run = try await aftersalesctl(
                "order", "list", "--customer", "c1", "--view", "canceled", "--socket",
                desk.socketPath)
            #expect(run.output.contains("ord_2"), "\(run)")
            #expect(run.output.hasSuffix("\nmore: --page-token tok\n"))
            let refused = try await aftersalesctl(
                "order", "list", "--customer", "c2", "--socket", desk.socketPath)
            #expect(refused.status == 77, "\(refused)")
        }
    }

    @Test func `messages and refunds are listed`() async throws {
        try await Desk.serve { desk in
            let messages = try await aftersalesctl(
                "message", "list", "--customer", "c1", "--socket", desk.socketPath)
            #expect(messages.output.contains("2026-05-01T09:30:00Z  CANCEL_CONFIRMED"))
            #expect(messages.output.contains(#"Canceled\u{1b}[31m"#))
            #expect(messages.output.contains("unread: 1"))
            let refunds = try await aftersalesctl(
                "refund", "list", "--order", "ord_1", "--socket", desk.socketPath)
            #expect(refunds.output.contains("GIFT_CARD  1.50 EUR  SETTLED"), "\(refunds)")
        }
    }

    @Test func `canceling takes customer, open units and version from the order`() async throws {
        try await Desk.serve { desk in
            let run = try await aftersalesctl(
                "order", "cancel", "ord_1", "1", "--allow-partial", "--socket", desk.socketPath)
            #expect(run.status == 0, "\(run)")
            #expect(run.output.hasPrefix("We canceled 2 items.\nThank you.\n"))
            #expect(run.output.contains("cnl_1, code K7"))
            #expect(
                run.output.contains("refund rfd_1  CARD Visa …4242  20.00 EUR  QUEUED  3-5 days"))
            let request = try #require(desk.cancelRequests.first)
            #expect(request.onBehalfOf?.party == .customerID("c1"))
            #expect(request.selection == [LineSelection(lineID: "1", quantity: 2)])
            #expect(request.expectedVersion == 7 && request.reason == .changedMind)
            #expect(request.allowPartial && !request.acceptBundleClosure)
            #expect(request.requestID.count == 36)
        }
    }

    @Test func `the command that a failure prints sends the very same request`() async throws {
        let lost = RPCError(.deadlineExceeded, "the deadline passed")
        try await Desk.serve(cancelError: lost) { desk in
            let run = try await aftersalesctl(
                "order", "cancel", "ord_1", "1", "--reason", "other", "--customer", "c 1's",
                "--socket", desk.socketPath)
            #expect(run.status == 1, "\(run)")
            let command = try #require(run.error.components(separatedBy: "repeated as: ").last)
            let again = try await shell(command, socket: desk.socketPath)
            #expect(again.status == 1, "\(again)")
            let requests = desk.cancelRequests
            #expect(requests.count == 2 && requests.first == requests.last)
        }
    }

    @Test func `a refusal says code, reason, details and what to do`() async throws {
        var closure = BundleClosure()
        closure.items = [ClosureItem(lineID: "2", bundleID: "b1", canceling: 1)]
        let info = ErrorInfo(
            reason: "BUNDLE_CLOSURE_REQUIRED", domain: "aftersales", metadata: [("bundle", "b1")])
        let refusal = RPCError(
            .failedPrecondition, "the bundle goes as a whole",
            details: [
                AnyDetail(info),
                AnyDetail(
                    typeURL: "type.googleapis.com/\(BundleClosure.protoName)",
                    value: closure.encoded()),
            ])
        try await Desk.serve(cancelError: refusal) { desk in
            let run = try await aftersalesctl(
                "order", "cancel", "ord_1", "1:2", "--socket", desk.socketPath)
            #expect(run.status == 1)
            let lines = run.error.split(separator: "\n")
            #expect(lines.first == "aftersalesctl: FAILED_PRECONDITION BUNDLE_CLOSURE_REQUIRED")
            #expect(lines.contains("  bundle: b1"))
            #expect(run.error.contains(#""lineId": "2""#), "\(run)")
            #expect(lines.last?.contains("--accept-bundle-closure") == true)
            let json = try await aftersalesctl(
                "order", "cancel", "ord_1", "1:2", "--output", "json", "--socket", desk.socketPath)
            let report = try JSONValue(parsing: Array(json.error.utf8))
            #expect(report["reason"] == .string("BUNDLE_CLOSURE_REQUIRED"))
            #expect(report["details"]?["aftersales.v1.BundleClosure"] != nil)
        }
    }

    @Test func `any method can be called with JSON`() async throws {
        try await Desk.serve { desk in
            for method in ["OrderService/GetOrder", "aftersales.v1.OrderService/GetOrder"] {
                let run = try await aftersalesctl(
                    "call", method, #"{"order_id":"ord_1"}"#, "--socket", desk.socketPath)
                #expect(run.status == 0, "\(run)")
                let json = try JSONValue(parsing: Array(run.output.utf8))
                #expect(json["order"]?["orderId"] == .string("ord_1"))
            }
            let input = try await aftersalesctl(
                "--socket", desk.socketPath, "call", "OrderService/CancelItems", "-",
                input: #"{"orderId":"ord_1","selection":[{"lineId":"1","quantity":2}]}"#)
            #expect(input.status == 0, "\(input)")
            #expect(desk.cancelRequests.first?.requestID.count == 36)
        }
    }

    @Test(arguments: [
        (["call", "OrderService/GetOrder", "{"], "line 1, column 2"),
        (["call"], "service/method"),
        (["describe"], "symbol"),
        (["list", "--embedded", "NopeService"], "UNKNOWN_NAME"),
        (["describe", "--embedded", "NopeService"], "list --embedded"),
        (["describe", "--embedded", "HealthCheck"], "UNKNOWN_NAME"),
        (["order", "list"], "--customer"),
        (["order", "cancel", "ord_1"], "line"),
        (["order", "cancel", "ord_1", "1", "--request-id", "x"], "LINE:QTY"),
        (["refund", "list"], "--order"),
        (["nope"], "nope"),
        (["status", "--timeout", "0"], "--timeout"),
    ])
    func `wrong usage and wrong JSON are exit status 64`(
        arguments: [String], text: String
    ) async throws {
        let run = try await aftersalesctl(["--socket", "/tmp/no-such.sock"] + arguments)
        #expect(run.status == 64, "\(run)")
        #expect(run.error.contains(text), "\(run)")
    }

    @Test(arguments: [
        (["call", "OrderService/GetOrder", #"{"nope":1}"#], "nope: "),
        (
            ["call", "OrderService/CancelItems", #"{"selection":[{"quantity":"x"}]}"#],
            "selection[0].quantity: "
        ),
        (["call", "OrderService/Nope", "{}"], "list SERVICE"),
        (["call", "ServerReflection/ServerReflectionInfo", "{}"], "STREAM"),
        (["describe", "Nope"], "UNKNOWN_NAME"),
        (["describe", "OrderState.Nope"], "UNKNOWN_NAME"),
        (["list", "Nope"], "UNKNOWN_NAME"),
    ])
    func `what the contract has not is exit status 64`(
        arguments: [String], text: String
    ) async throws {
        try await Desk.serve { desk in
            let run = try await aftersalesctl(["--socket", desk.socketPath] + arguments)
            #expect(run.status == 64, "\(run)")
            #expect(run.error.contains(text), "\(run)")
        }
    }

    @Test func `help names the exit statuses`() async throws {
        let help = try await aftersalesctl("--help")
        #expect(help.status == 0 && help.output.contains("69  UNAVAILABLE"), "\(help)")
    }
}
