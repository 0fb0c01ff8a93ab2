// SPDX-License-Identifier: Apache-2.0

extension Currency {
    /// Looks a code up in ISO 4217's list of active currencies.
    ///
    /// The exponents are those of the domain's ruling 14. Fund codes, precious metals and the codes
    /// for testing are no means of payment and are unknown here.
    public init(code: String, field: String = "currency_code") throws(Rejection) {
        guard code.utf8.count == 3, let exponent = Self.exponents[code] else {
            throw .currencyUnknown(field: field, code: String(code.prefix(8)))
        }
        self.init(code: code, exponent: exponent)
    }

    /// All known codes, sorted.
    public static var knownCodes: [String] { exponents.keys.sorted() }

    private static let exponents: [String: Int] = {
        var table: [String: Int] = [:]
        for (exponent, codes) in codesByExponent {
            for code in codes.split(separator: " ") {
                table[String(code)] = exponent
            }
        }
        return table
    }()

    private static let codesByExponent: [(exponent: Int, codes: String)] = [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
        (2, "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN"),
        (2, "BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD"),
        (2, "FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR"),
        (2, "KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN"),
        (2, "MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD"),
        (2, "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD"),
        (2, "TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"),
        (2, "BOV CHE CHW COU MXV USN"),
    ]
}
