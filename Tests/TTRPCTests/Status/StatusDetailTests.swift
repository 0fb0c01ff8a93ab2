// SPDX-License-Identifier: Apache-2.0

import TTRPC
import Testing

@Suite struct StatusDetailTests {
    @Test(
        arguments: zip(
            0...16,
            [
                "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND",
                "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
                "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
                "UNAUTHENTICATED",
            ]))
    func `a code prints its canonical name`(number: Int32, name: String) {
        #expect(StatusCode(rawValue: number).description == name)
    }

    @Test func `an unknown code passes through`() {
        #expect(StatusCode(rawValue: 99).rawValue == 99)
        #expect(StatusCode(rawValue: 99).description == "CODE(99)")
        #expect(StatusCode(rawValue: -1).description == "CODE(-1)")
    }

    @Test func `ErrorInfo packs its metadata sorted by key and unpacks to itself`() {
        let info = ErrorInfo(
            reason: "SHIPPED", domain: "aftersales", metadata: [("b", "2"), ("a", "1"), ("b", "3")])
        let detail = AnyDetail(info)
        #expect(detail.typeURL == "type.googleapis.com/google.rpc.ErrorInfo")
        #expect(detail.unpack(as: ErrorInfo.self) == info)
        #expect(info.metadata.map(\.key) == ["a", "b"])
        #expect(info["b"] == "3")
        #expect(info["c"] == nil)
    }

    @Test func `ErrorInfo's bytes are those of its proto`() {
        let info = ErrorInfo(reason: "R", domain: "d", metadata: [("k", "v")])
        #expect(
            info.encoded() == [
                0x0a, 1, 0x52, 0x12, 1, 0x64, 0x1a, 6, 0x0a, 1, 0x6b, 0x12, 1, 0x76,
            ])
    }

    @Test func `BadRequest unpacks to itself, empty violations included`() {
        let detail = BadRequest(fieldViolations: [
            .init(field: "lines[2].sku", description: "too long", reason: "TOO_LONG"),
            .init(field: "", description: ""),
        ])
        #expect(AnyDetail(detail).unpack(as: BadRequest.self) == detail)
    }

    @Test(arguments: [
        Duration.zero, .milliseconds(1), .seconds(30), .seconds(-1), .milliseconds(-1500),
        .seconds(1) + .nanoseconds(999_999_999),
    ])
    func `RetryInfo unpacks to the same delay`(delay: Duration) {
        let detail = AnyDetail(RetryInfo(delay: delay))
        #expect(detail.unpack(as: RetryInfo.self)?.delay == delay)
    }

    @Test func `a detail of another type or of malformed bytes does not unpack`() {
        let retry = AnyDetail(RetryInfo(delay: .seconds(1)))
        #expect(retry.unpack(as: ErrorInfo.self) == nil)
        let broken = AnyDetail(typeURL: ErrorInfo.typeURL, value: [0x0a, 5, 1])
        #expect(broken.unpack(as: ErrorInfo.self) == nil)
    }

    @Test func `an error finds its detail by type`() {
        let retry = RetryInfo(delay: .seconds(2))
        let error = RPCError(
            .unavailable, "draining",
            details: [AnyDetail(ErrorInfo(reason: "X", domain: "d")), AnyDetail(retry)])
        #expect(error.detail(RetryInfo.self) == retry)
        #expect(error.detail(BadRequest.self) == nil)
        #expect(error.description == "UNAVAILABLE: draining")
    }
}
