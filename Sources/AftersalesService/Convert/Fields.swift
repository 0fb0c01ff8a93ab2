// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import TTRPC

/// Reads single fields of requests, refusing what is wrong whatever the state.
enum Fields {
    static func required(_ field: String) -> RPCError {
        RejectionStatus.error(.fieldRequired(field: field))
    }

    static func unknownEnum(_ field: String, _ number: Int32) -> RPCError {
        ServiceErrors.error(
            .invalidArgument, "UNKNOWN_ENUM", "\(field): this version knows no value \(number)",
            metadata: [("field", field), ("number", "\(number)")], fields: [field])
    }

    /// An amount of the order's currency; absent is 0.
    static func amount(
        _ money: Money?, _ field: String, currency: String
    ) throws(RPCError) -> Int64 {
        guard let money else { return 0 }
        guard money.currencyCode == currency else {
            throw RejectionStatus.error(
                .currencyMismatch(field: field, expected: currency, actual: money.currencyCode))
        }
        return money.minorUnits
    }

    /// An amount that has to be there.
    static func requiredAmount(
        _ money: Money?, _ field: String, currency: String
    ) throws(RPCError) -> Int64 {
        guard money != nil else { throw required(field) }
        return try amount(money, field, currency: currency)
    }

    /// A point in time that has to be there, cut to the microsecond.
    static func instant(_ timestamp: Timestamp?, _ field: String) throws(RPCError) -> Instant {
        guard let timestamp else { throw required(field) }
        return try Instant(timestamp, field: field)
    }

    /// A quantity as the domain counts; what does not fit is left for the domain to refuse.
    static func quantity(_ value: Int64) -> Int {
        Int(clamping: value)
    }

    /// 1 to 100 items of a page; 0 asks for the default.
    static func pageSize(_ size: Int32) throws(RPCError) -> Int {
        guard size >= 0 else {
            throw ServiceErrors.invalid("page_size", "PAGE_SIZE", "page_size must not be negative")
        }
        return size == 0 ? pageSizeDefault : min(Int(size), pageSizeMax)
    }

    /// Items of a page when the caller does not say.
    static let pageSizeDefault = 50
    /// Items of a page at most.
    static let pageSizeMax = 100

    /// The id of an entity in its public form.
    static func id<ID: EntityID>(_ text: String, _ field: String) throws(RPCError) -> ID {
        if text.isEmpty { throw required(field) }
        do throws(Rejection) {
            return try ID.parse(text, field: field)
        } catch {
            throw RejectionStatus.error(error)
        }
    }
}

extension Instant {
    /// The years 0001 to 9999, as `google.protobuf.Timestamp` has them.
    private static let seconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// A timestamp of the wire, cut to the microsecond.
    init(_ timestamp: Timestamp, field: String) throws(RPCError) {
        guard Self.seconds.contains(timestamp.seconds),
            (0..<1_000_000_000).contains(timestamp.nanos)
        else {
            throw ServiceErrors.invalid(field, "TIMESTAMP", "\(field) is not a valid time")
        }
        self.init(
            microseconds: timestamp.seconds * 1_000_000 + Int64(timestamp.nanos) / 1_000)
    }
}

extension Timestamp {
    /// The instant on the wire.
    init(_ instant: Instant) {
        let (quotient, remainder) = instant.microseconds.quotientAndRemainder(
            dividingBy: 1_000_000)
        // Before 1970 the fraction still counts forward in time.
        self.init(
            seconds: remainder < 0 ? quotient - 1 : quotient,
            nanos: Int32(remainder < 0 ? remainder + 1_000_000 : remainder) * 1_000)
    }
}

extension Money {
    /// An amount of a currency.
    init(_ minorUnits: Int64, _ currency: Currency) {
        self.init(currencyCode: currency.code, minorUnits: minorUnits)
    }
}
