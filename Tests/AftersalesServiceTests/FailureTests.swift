// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import TTRPC
import Testing

@testable import AftersalesService

/// Calls that end otherwise than with a reply or a refusal.
@Suite struct FailureTests {
    private struct Inside: Error { var secret = "/var/lib/secret" }

    @Test func `a change whose deadline passed before its turn is not made`() async throws {
        let desk = try TestDesk()
        let client = desk.client(.storefront)
        let request = ImportOrderRequest.order("o-1", lines: [.line("a", 100)])
        let before = try desk.contents()
        let error = try #require(
            await refusal { () async throws(RPCError) in
                try await client.orders.importOrder(request, options: CallOptions(timeout: .zero))
            })
        #expect(error.code == .deadlineExceeded)
        #expect(try desk.contents() == before)
        #expect(try await !client.orders.importOrder(request).alreadyImported)
    }

    @Test func `an error from inside tells nothing of the inside`() {
        let error = FailureStatus.error(Inside())
        #expect(error.code == .internal)
        #expect(!error.message.contains("secret"))
        #expect(Refusal(error).reason == "INTERNAL")
    }

    @Test func `what may be tried again says when`() {
        for (error, code, delay) in [
            (FailureStatus.overloaded, StatusCode.resourceExhausted, Duration.milliseconds(100)),
            (FailureStatus.closing, .unavailable, .milliseconds(200)),
            (FailureStatus.full, .resourceExhausted, .seconds(1)),
        ] {
            #expect(error.code == code)
            #expect(error.detail(RetryInfo.self)?.delay == delay)
        }
    }

    @Test func `a malformed request is refused before its handler`() async throws {
        let desk = try TestDesk()
        let before = try desk.contents()
        // Field 1, a text, that ends before its length.
        let error = await refusal { () async throws(RPCError) in
            try await desk.client().unary(
                OrderServiceMethod.importOrder, [0x0a, 0x05, 0x61], options: .init())
        }
        #expect(error?.code == .internal)
        // A text that is not UTF-8 names its field.
        let text = await refusal { () async throws(RPCError) in
            try await desk.client().unary(
                OrderServiceMethod.importOrder, [0x12, 0x02, 0xff, 0xfe], options: .init())
        }
        #expect(text?.code == .invalidArgument)
        #expect(text.map { Refusal($0).fields } == ["external_order_id"])
        #expect(try desk.contents() == before)
    }
}
