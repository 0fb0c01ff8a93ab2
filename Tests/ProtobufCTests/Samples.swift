// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// Values of the fixtures: one of each at the edges, and random ones.
enum Samples {
    static let texts = [
        "", "a", "Müller", "退货", "🧾", "a b\tc\n", String(repeating: "x", count: 200),
    ]

    static let singular = Singular(
        aDouble: -1.5, aFloat: 3.25, anInt64: .min, aUint64: .max, anInt32: -1, aFixed64: .max,
        aFixed32: .max, aBool: true, aString: "Müller 退货",
        anInner: Inner(number: 7, choice: .right(Leaf(text: "x"))), someBytes: [0, 255, 0],
        aUint32: .max, aState: .unrecognized(-9), anSfixed32: .min, anSfixed64: .min,
        anSint32: .min, anSint64: .min, at: Timestamp(seconds: 1, nanos: 2))

    static let repeated = Repeated(
        doubles: [0, -0.5], floats: [1, 0], int64s: [0, .min, .max], uint64s: [0, .max],
        int32s: [-1, 0, 300], fixed64s: [1], fixed32s: [2, 3], bools: [true, false],
        strings: ["", "x"], inners: [Inner(), Inner(number: 1)], byteStrings: [[], [0]],
        uint32s: [.max], states: [.open, .unspecified, .unrecognized(99)], sfixed32s: [-1],
        sfixed64s: [-1], sint32s: [.min, .max], sint64s: [.min, .max], unpacked: [1, -2],
        labels: [
            Repeated.LabelsEntry(key: "a", value: "1"), Repeated.LabelsEntry(key: "b", value: ""),
        ],
        leaves: [Repeated.LeavesEntry(key: -4, value: Leaf(number: 3))])

    static let payloads: [Choices.Payload?] = [
        nil, .text(""), .text("x"), .raw([]), .raw([1]), .number(0), .number(-1), .flag(false),
        .flag(true), .state(.unspecified), .state(.open), .leaf(Leaf()), .leaf(Leaf(number: 1)),
        .inner(Inner(choice: .left(""))),
    ]

    static func inner(_ random: inout SplitMix) -> Inner {
        Inner(
            number: Int32(truncatingIfNeeded: random.next()),
            text: texts.randomElement(using: &random) ?? "",
            numbers: (0..<Int.random(in: 0...4, using: &random)).map { _ in
                Int32(
                    truncatingIfNeeded: random.next() >> UInt64.random(in: 0...63, using: &random))
            },
            choice: [nil, .left("l"), .right(Leaf(text: "r", number: 1))]
                .randomElement(using: &random) ?? nil)
    }

    static func repeated(_ random: inout SplitMix) -> Repeated {
        var value = Repeated()
        let count = Int.random(in: 0...5, using: &random)
        for _ in 0..<count {
            let bits = random.next() >> UInt64.random(in: 0...63, using: &random)
            value.doubles.append(Double(bits))
            value.int64s.append(Int64(bitPattern: bits))
            value.uint64s.append(bits)
            value.int32s.append(Int32(truncatingIfNeeded: bits))
            value.bools.append(bits & 1 == 1)
            value.strings.append(texts.randomElement(using: &random) ?? "")
            value.inners.append(inner(&random))
            value.byteStrings.append([UInt8](repeating: UInt8(truncatingIfNeeded: bits), count: 3))
            value.states.append(FixtureState(rawValue: Int32(truncatingIfNeeded: bits)))
            value.sint32s.append(Int32(truncatingIfNeeded: bits))
            value.sint64s.append(Int64(bitPattern: bits))
            value.unpacked.append(Int32(truncatingIfNeeded: bits))
            value.labels.append(Repeated.LabelsEntry(key: "\(bits)", value: "v"))
        }
        value.labels = value.labels.sortedByKey()
        return value
    }
}
