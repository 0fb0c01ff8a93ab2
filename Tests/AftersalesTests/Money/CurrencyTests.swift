// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `A currency` {
    @Test(
        arguments: zip(
            [0, 3, 4],
            [
                "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
                "BHD IQD JOD KWD LYD OMR TND", "CLF UYW",
            ]))
    func `has the listed exponent`(exponent: Int, codes: String) throws {
        for code in codes.split(separator: " ") {
            #expect(try Currency(code: String(code)).exponent == exponent)
        }
    }

    @Test func `has two decimal places otherwise`() throws {
        let others = Currency.knownCodes.count - 17 - 7 - 2
        #expect(try Currency.knownCodes.count { try Currency(code: $0).exponent == 2 } == others)
        #expect(try Currency(code: "CNY").exponent == 2)
        #expect(try Currency(code: "GBP").exponent == 2)
    }

    @Test(arguments: ["", "EU", "EURO", "eur", "XXX", "XTS", "XAU", "ZZZ", "€"])
    func `is unknown when it is not a means of payment of the list`(code: String) {
        #expect(
            rejection { _ = try Currency(code: code) }
                == .currencyUnknown(field: "currency_code", code: code))
    }

    @Test(
        arguments: [
            ("EUR", 2_205, "22.05"), ("EUR", 5, "0.05"), ("EUR", 0, "0.00"), ("EUR", -105, "-1.05"),
            ("JPY", 833, "833"), ("KWD", 3_334, "3.334"), ("CLF", 12, "0.0012"),
        ] as [(String, Int64, String)])
    func `writes amounts with its decimal places`(code: String, amount: Int64, text: String) throws
    {
        let currency = try Currency(code: code)
        #expect(currency.digits(amount) == text)
        #expect(currency.text(amount) == code + " " + text)
    }

    @Test func `is never mixed with another`() throws {
        let euro = try Currency(code: "EUR")
        #expect(throws: Never.self) { try euro.require("EUR", field: "amount") }
        #expect(
            rejection { try euro.require("USD", field: "amount") }
                == .currencyMismatch(field: "amount", expected: "EUR", actual: "USD"))
    }
}
