// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `Identity as text` {
    @Test(
        arguments: [
            (1, "ord_1"), (31, "ord_z"), (32, "ord_10"), (1_737, "ord_1p9"),
            (Int64.max, "ord_7zzzzzzzzzzzz"),
        ] as [(Int64, String)])
    func `is the prefix and the number in Crockford base32`(value: Int64, text: String) {
        #expect(OrderID(value).text == text)
        #expect(OrderID(text: text)?.value == value)
    }

    @Test func `takes upper-case digits`() {
        #expect(OrderID(text: "ord_1P9") == OrderID(1_737))
    }

    @Test(arguments: [
        "", "ord", "ord_", "ord_0", "ord_01", "ORD_1", "tnd_1", "ord-1", "ord_i", "ord_l", "ord_o",
        "ord_u", "ord_1 ", " ord_1", "ord_8000000000000", "ord_zzzzzzzzzzzzzzzzzzzz", "ord_é",
    ])
    func `refuses everything else`(text: String) {
        #expect(OrderID(text: text) == nil)
    }

    @Test func `refuses a malformed id of a request by its field`() {
        let refused = rejection { _ = try RefundID.parse("ord_1", field: "refund_id") }
        #expect(refused == .malformedID(field: "refund_id", prefix: "rfd"))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `comes back from its text`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<1_000 {
            let id = TaskID(random.pick(1...Int64.max) >> random.pick(0...40) | 1)
            #expect(TaskID(text: id.text) == id, "seed \(seed)")
        }
    }
}
