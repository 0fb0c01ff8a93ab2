// SPDX-License-Identifier: Apache-2.0

/// A sum of amounts that refuses to leave the range of money instead of wrapping around.
struct MoneySum {
    private(set) var value: Int64 = 0
    /// What the sum is of, for the refusal.
    let field: String

    init(field: String) {
        self.field = field
    }

    /// Adds `amount`, `count` times.
    mutating func add(_ amount: Int64, times count: Int = 1) throws(Rejection) {
        let (product, tooWide) = amount.multipliedReportingOverflow(by: Int64(count))
        let (sum, tooLarge) = value.addingReportingOverflow(product)
        guard !tooWide, !tooLarge, sum.magnitude <= OrderLimits.amountMax else {
            throw .amountOutOfRange(field: field)
        }
        value = sum
    }
}
