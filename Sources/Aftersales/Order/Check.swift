// SPDX-License-Identifier: Apache-2.0

/// The checks that many fields share.
enum Check {
    /// A caller's opaque id: 1 to 64 bytes.
    static func opaqueID(_ text: String, field: String) throws(Rejection) {
        if text.isEmpty { throw .fieldRequired(field: field) }
        try length(text, max: OrderLimits.opaqueIDBytesMax, field: field)
    }

    static func length(_ text: String, max bytesMax: Int, field: String) throws(Rejection) {
        if text.utf8.count > bytesMax { throw .tooLong(field: field, bytesMax: bytesMax) }
    }

    static func count(_ count: Int, max countMax: Int, field: String) throws(Rejection) {
        if count > countMax { throw .tooMany(field: field, countMax: countMax) }
    }

    static func quantity(_ quantity: Int, field: String) throws(Rejection) {
        guard (1...OrderLimits.quantityMax).contains(quantity) else {
            throw .quantity(field: field, quantityMax: OrderLimits.quantityMax)
        }
    }

    /// Zero or more, and in the range of money.
    static func amount(_ amount: Int64, field: String) throws(Rejection) {
        if amount < 0 { throw .negativeAmount(field: field) }
        if amount > OrderLimits.amountMax { throw .amountOutOfRange(field: field) }
    }

    /// More than zero, and in the range of money.
    static func positive(_ amount: Int64, field: String) throws(Rejection) {
        if amount <= 0 { throw .amountNotPositive(field: field) }
        if amount > OrderLimits.amountMax { throw .amountOutOfRange(field: field) }
    }

    /// The version a caller has seen; 0 = not given.
    static func version(expected: Int64, actual: Int64) throws(Rejection) {
        if expected != 0, expected != actual {
            throw .version(expected: expected, actual: actual)
        }
    }
}
