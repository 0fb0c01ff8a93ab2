// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `The scan for card numbers` {
    @Test(arguments: [
        "4111111111111111", "pay with 4111 1111 1111 1111 please", "4111-1111-1111-1111",
        "x5500005555555559x", "(378282246310005)", "6011000000000012!", "2223003122003222",
        "4222222222222", "first 12, then 4111111111111111",
    ])
    func `finds one`(text: String) {
        #expect(PANScan.findsPAN(in: text))
    }

    @Test(arguments: [
        "", "4111111111111112", "411111111111", "41111111111111111111", "1111111111111117",
        "0000000000000000", "4111  1111  1111  1111", "4111.1111.1111.1111", "order 4111",
        "7992739871300000",
    ])
    func `leaves other digits alone`(text: String) {
        #expect(!PANScan.findsPAN(in: text))
    }

    @Test func `names the field`() {
        let refused = rejection { try PANScan.require("4111111111111111", field: "note") }
        #expect(refused == .panRejected(field: "note"))
        #expect(refused?.reason == "PAN_REJECTED")
    }
}
