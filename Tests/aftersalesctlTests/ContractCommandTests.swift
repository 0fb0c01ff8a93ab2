// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import ProtoJSON
import ProtobufC
import TTRPC
import TTRPCServices
import Testing

/// The built program, without a proto file, against servers that tell of themselves.
@Suite("list, describe and call")
struct ContractCommandTests {
    @Test func `list shows what the server says it serves`() async throws {
        try await Desk.serve { desk in
            let run = try await aftersalesctl("list", "--socket", desk.socketPath)
            #expect(run.status == 0 && run.error.isEmpty, "\(run)")
            let lines = run.output.split(separator: "\n").map(String.init)
            #expect(lines.first?.hasPrefix("SERVICE ") == true)
            #expect(lines.contains { $0.hasPrefix("aftersales.v1.OrderService ") })
            #expect(
                lines.contains {
                    $0.hasPrefix("grpc.health.v1.Health ")
                        && $0.hasSuffix("Tells whether the server serves calls.")
                })
            #expect(!run.output.contains("AdminService"), "this desk does not serve it")
            let json = try await aftersalesctl(
                "list", "Health", "--output", "json", "--socket", desk.socketPath)
            let value = try JSONValue(parsing: Array(json.output.utf8))
            #expect(value["service"] == .string("grpc.health.v1.Health"), "\(json)")
            let methods = try await aftersalesctl("list", "Health", "--socket", desk.socketPath)
            #expect(methods.output.contains("grpc.health.v1.Health/Watch  server stream  "))
        }
    }

    @Test(arguments: [
        "OrderService/CancelItems", "aftersales.v1.OrderService/CancelItems",
        "aftersales.v1.OrderService.CancelItems", "CancelItems",
    ])
    func `describe shows a method with its comments and messages`(name: String) async throws {
        try await Desk.serve { desk in
            let run = try await aftersalesctl("describe", name, "--socket", desk.socketPath)
            #expect(run.status == 0, "\(run)")
            let lines = run.output.split(separator: "\n").map(String.init)
            #expect(lines.contains { $0.hasPrefix("// Roles: ") }, "\(run)")
            #expect(
                lines.contains(
                    "rpc aftersales.v1.OrderService/CancelItems(aftersales.v1.CancelItemsRequest) "
                        + "returns (aftersales.v1.CancelItemsResponse);"), "\(run)")
            #expect(lines.contains("message aftersales.v1.CancelItemsRequest {"))
            #expect(lines.contains { $0.hasPrefix("  repeated aftersales.v1.LineSelection sel") })
        }
    }

    @Test func `describe shows services, messages and enums`() async throws {
        try await Desk.serve { desk in
            for (name, line) in [
                ("Health", "service grpc.health.v1.Health {"),
                ("HealthListResponse", "  map<string, grpc.health.v1.HealthCheckResponse> "),
                ("aftersales.v1.OrderState", "enum aftersales.v1.OrderState {"),
                ("ServerReflectionRequest", "    string file_by_filename = 3;"),
            ] {
                let run = try await aftersalesctl("describe", name, "--socket", desk.socketPath)
                #expect(run.status == 0 && run.output.contains(line), "\(run)")
            }
        }
    }

    @Test(arguments: ["grpc.health.v1.Health/Check", "Health/Check", "grpc.health.v1.Health.Check"])
    func `health can be called like any method`(method: String) async throws {
        try await Desk.serve { desk in
            let run = try await aftersalesctl("call", method, "--socket", desk.socketPath)
            #expect(run.status == 0, "\(run)")
            #expect(run.output == "{\n  \"status\": \"SERVING\"\n}\n")
            let unknown = try await aftersalesctl(
                "call", method, #"{"service":"x.Y"}"#, "--socket", desk.socketPath)
            #expect(unknown.status == 1 && unknown.error.contains("NO_SUCH_SERVICE"))
        }
    }

    @Test func `a stream of responses is one object a line, until the call ends`() async throws {
        try await Desk.serve { desk in
            let run = try await aftersalesctl(
                "call", "Health/Watch", "--timeout", "0.5", "--socket", desk.socketPath)
            #expect(run.output == "{\"status\":\"SERVING\"}\n", "\(run)")
            #expect(run.status == 1 && run.error.contains("DEADLINE_EXCEEDED"), "\(run)")
        }
    }

    @Test func `a server that tells of itself in a stream alone can be called too`() async throws {
        try await Toy.serve(isReflectionStreamed: true, hasReflection: false) { path in
            let run = try await aftersalesctl(
                "--socket", path, "call", "Toy/Echo", #"{"text":"hi"}"#)
            #expect(run.status == 0 && run.output == "{\n  \"text\": \"hi!\"\n}\n", "\(run)")
        }
    }

    @Test func `a server without reflection is served by the contract built in`() async throws {
        try await Desk.serve(hasReflection: false) { desk in
            let run = try await aftersalesctl(
                "call", "OrderService/GetOrder", #"{"orderId":"ord_1"}"#, "--socket",
                desk.socketPath)
            #expect(run.status == 0, "\(run)")
            let list = try await aftersalesctl("list", "--socket", desk.socketPath)
            #expect(
                list.output.contains("AdminService") && list.error.contains("tells no contract"))
            let foreign = try await aftersalesctl(
                "call", "toy.v1.Toy/Echo", "{}", "--socket", desk.socketPath)
            #expect(
                foreign.status == 64 && foreign.error.contains("tells no contract"), "\(foreign)")
        }
    }

    @Test func `without a server there is the contract built in, if it is asked for`()
        async throws
    {
        let list = try await aftersalesctl("list", "--embedded", "OrderService")
        #expect(list.status == 0, "\(list)")
        #expect(list.output.contains("aftersales.v1.OrderService/CancelItems "))
        let message = try await aftersalesctl("describe", "--embedded", "CancelItems")
        #expect(message.output.contains("// Roles: "), "\(message)")
        let none = try await aftersalesctl("list", "--socket", "/tmp/no-such.sock")
        #expect(none.status == 69 && none.output.isEmpty, "\(none)")
    }

    @Test func `any server with reflection can be called, its proto files unseen`() async throws {
        try await Toy.serve { path in
            let run = try await aftersalesctl(
                "--socket", path, "call", "Toy/Echo", #"{"text":"hi"}"#)
            #expect(run.status == 0 && run.output == "{\n  \"text\": \"hi!\"\n}\n", "\(run)")
            let list = try await aftersalesctl("list", "--socket", path)
            let bare = list.output.split(separator: "\n").first { $0.hasPrefix("toy.v1.Bare ") }
            #expect(bare?.hasSuffix("  - no descriptor") == true, "\(list)")
            let describe = try await aftersalesctl("describe", "toy.v1.Text", "--socket", path)
            #expect(describe.output == "message toy.v1.Text {\n  string text = 1;\n}\n")
        }
    }
}
