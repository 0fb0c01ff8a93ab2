// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import Testing

/// What the generator makes of names; that it compiles is half of the test.
@Suite struct GeneratedShapeTests {
    @Test func `fields get Swift's spelling, acronyms in capitals after the first word`() {
        let names = Names(
            orderID: "1", id: "2", requestIDs: ["3"], smsID: "4", rmaNumber: "5", default: 6,
            class: true, self_: "7", in: [8], mode: .default, switch: [true])
        #expect(names.requestIDs == ["3"])
        #expect(Names.protoName == "fixtures.v1.Names")
    }

    @Test func `enum cases lose the name of the enum`() {
        #expect(FixtureState.allCases == [.unspecified, .open, .smsSent])
        #expect(FixtureState.allCases.map(\.rawValue) == [0, 1, 2])
        #expect(Names.Mode.allCases == [.default, .public, ._2Days])
        #expect(FixtureState(rawValue: 2) == .smsSent)
        #expect(FixtureState() == .unspecified)
    }

    @Test func `names that are keywords in C or Swift come back`() throws {
        let names = Names(default: 6, class: true, self_: "7", in: [8], switch: [true])
        #expect(try Names.decode(names.encoded().span) == names)
    }

    @Test func `the embedded descriptors hold the comments, imports first`() {
        let files = FixtureDescriptors.files
        let names = files.map { name(of: $0) }
        #expect(
            names == [
                "fixtures/time/timestamp.proto", "google/protobuf/descriptor.proto",
                "ttrpc/options.proto", "fixtures/v1/kinds.proto", "fixtures/v1/nesting.proto",
            ])
        let kinds = String(decoding: files[3], as: UTF8.self)
        #expect(kinds.contains("What the customer wrote."))
    }

    private func name(of file: [UInt8]) -> String? {
        var reader = WireReader(file.span)
        guard (try? reader.nextField())?.number == 1 else { return nil }
        return try? reader.string()
    }
}
