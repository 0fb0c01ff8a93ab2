// SPDX-License-Identifier: Apache-2.0

/// The tables, as steps that are only ever added to: step n leads from user_version n − 1 to n.
///
/// Conventions: STRICT; amounts are minor units, times microseconds since 1970 UTC; state columns
/// hold the raw values of the domain's enums. CHECKs, foreign keys and triggers keep the invariants
/// against every SQL there is, this module's own included. No constraint is deferrable: each holds
/// after each statement.
enum Schema {
    /// Marks a file as ours: `AFTS` in the header's application_id.
    static let applicationID: Int32 = 0x4146_5453

    /// The steps in order; the newest known user_version is their count.
    static let steps: [String] = [
        policyTables + orderTables + unitTables + moneyTables + refundTables + shippingTables
            + deskTables + logTables + ledgerView
    ]
}
