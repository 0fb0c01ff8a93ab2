// SPDX-License-Identifier: Apache-2.0

import TTRPC
import Testing

@Suite struct TraceContextTests {
    static let trace = String(repeating: "0", count: 31) + "a"
    static let span = "00000000000000b7"

    @Test func `a traceparent comes back as it was`() throws {
        let text = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        let context = try #require(TraceContext(traceparent: text))
        #expect(context.traceID == "0af7651916cd43dd8448eb211c80319c")
        #expect(context.spanID == "b7ad6b7169203331")
        #expect(context.isSampled)
        #expect(context.description == text)
    }

    @Test(arguments: [
        "", "00", "00-\(trace)-\(span)", "00-\(trace)-\(span)-01-more", "ff-\(trace)-\(span)-01",
        "00-\(String(repeating: "0", count: 32))-\(span)-01",
        "00-\(trace)-0000000000000000-01", "00-\(trace.uppercased())-\(span)-01",
        "00-\(trace)-\(span)-1", "0-\(trace)-\(span)-01", "00-\(trace)-\(span)é-01",
    ])
    func `what is not one is none`(text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }

    @Test func `a later version may have more fields`() throws {
        let text = "01-\(Self.trace)-\(Self.span)-03-more"
        let context = try #require(TraceContext(traceparent: text))
        #expect(context.isSampled)
        #expect(context.description == "00-\(Self.trace)-\(Self.span)-01")
    }

    @Test func `a child is of the same trace`() throws {
        let context = try #require(
            TraceContext(traceID: Self.trace, spanID: Self.span, isSampled: false))
        let child = try #require(context.child(spanID: "00000000000000ff"))
        #expect(child.traceID == Self.trace)
        #expect(!child.isSampled)
        #expect(context.child(spanID: "x") == nil)
    }
}
