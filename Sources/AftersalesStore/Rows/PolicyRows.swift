// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

extension Connection {
    func currentPolicyVersion() throws(SQLiteError) -> Int64? {
        var row = try statement("SELECT version FROM policy ORDER BY version DESC LIMIT 1")
        return try row.step() ? row.int64(0) : nil
    }

    func policy(_ version: Int64) throws(SQLiteError) -> Policy? {
        var row = try statement(
            """
            SELECT text, time_zone, return_days, exchange_days, repair_days, ship_by_days,
                inbound_timeout_days, payment_due_hours, choice_due_days, split, bundle_clawback,
                bundle_return_whole_only, restocking_basis_points, fee_allowed_for_no_reason,
                label_charge, fee_cap_basis_points, outbound_refund_on_full_return,
                refund_due_days, key_retention_days
            FROM policy WHERE version = ?
            """)
        row.bind(version)
        guard try row.step() else { return nil }
        guard let split = TenderSplit(rawValue: row.int(9)) else {
            throw .unreadable("policy.split")
        }
        var parameters = PolicyParameters()
        parameters.timeZone = row.text(1)
        parameters.returnDays = row.int(2)
        parameters.exchangeDays = row.int(3)
        parameters.repairDays = row.int(4)
        parameters.shipByDays = row.int(5)
        parameters.inboundTimeoutDays = row.int(6)
        parameters.paymentDueHours = row.int(7)
        parameters.choiceDueDays = row.int(8)
        parameters.split = split
        parameters.bundleClawback = row.bool(10)
        parameters.bundleReturnWholeOnly = row.bool(11)
        parameters.restockingBasisPoints = row.int(12)
        parameters.feeAllowedForNoReason = row.bool(13)
        parameters.labelCharge = row.int64(14)
        parameters.feeCapBasisPoints = row.int(15)
        parameters.outboundRefundOnFullReturn = row.bool(16)
        parameters.refundDueDays = row.int(17)
        parameters.keyRetentionDays = row.int(18)
        parameters.approvalThresholds = try policyThresholds(version)
        return Policy(
            version: version, text: row.text(0), parameters: parameters,
            templates: try policyTemplates(version))
    }

    private func policyThresholds(_ version: Int64) throws(SQLiteError) -> [String: Int64] {
        var rows = try statement(
            "SELECT currency, amount FROM policy_threshold WHERE policy_version = ?")
        rows.bind(version)
        var thresholds: [String: Int64] = [:]
        while try rows.step() { thresholds[rows.text(0)] = rows.int64(1) }
        return thresholds
    }

    private func policyTemplates(_ version: Int64) throws(SQLiteError) -> [MessageTemplate] {
        var rows = try statement(
            """
            SELECT kind, locale, title, body FROM policy_template WHERE policy_version = ?
            ORDER BY kind, locale
            """)
        rows.bind(version)
        var templates: [MessageTemplate] = []
        while try rows.step() {
            guard let kind = MessageKind(rawValue: rows.int(0)) else {
                throw .unreadable("policy_template.kind")
            }
            templates.append(
                MessageTemplate(
                    kind: kind, locale: rows.text(1), title: rows.text(2), body: rows.text(3)))
        }
        return templates
    }

    func insert(_ policy: Policy) throws(SQLiteError) {
        var row = try statement(
            """
            INSERT INTO policy (version, text, time_zone, return_days, exchange_days, repair_days,
                ship_by_days, inbound_timeout_days, payment_due_hours, choice_due_days, split,
                bundle_clawback, bundle_return_whole_only, restocking_basis_points,
                fee_allowed_for_no_reason, label_charge, fee_cap_basis_points,
                outbound_refund_on_full_return, refund_due_days, key_retention_days)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        let parameters = policy.parameters
        row.bind(policy.version)
        row.bind(policy.text)
        row.bind(parameters.timeZone)
        row.bind(parameters.returnDays)
        row.bind(parameters.exchangeDays)
        row.bind(parameters.repairDays)
        row.bind(parameters.shipByDays)
        row.bind(parameters.inboundTimeoutDays)
        row.bind(parameters.paymentDueHours)
        row.bind(parameters.choiceDueDays)
        row.bind(parameters.split.rawValue)
        row.bind(parameters.bundleClawback)
        row.bind(parameters.bundleReturnWholeOnly)
        row.bind(parameters.restockingBasisPoints)
        row.bind(parameters.feeAllowedForNoReason)
        row.bind(parameters.labelCharge)
        row.bind(parameters.feeCapBasisPoints)
        row.bind(parameters.outboundRefundOnFullReturn)
        row.bind(parameters.refundDueDays)
        row.bind(parameters.keyRetentionDays)
        try row.run()
        for (currency, amount) in parameters.approvalThresholds.sorted(by: { $0.key < $1.key }) {
            var threshold = try statement("INSERT INTO policy_threshold VALUES (?, ?, ?)")
            threshold.bind(policy.version)
            threshold.bind(currency)
            threshold.bind(amount)
            try threshold.run()
        }
        for template in policy.templates {
            var text = try statement("INSERT INTO policy_template VALUES (?, ?, ?, ?, ?)")
            text.bind(policy.version)
            text.bind(template.kind.rawValue)
            text.bind(template.locale)
            text.bind(template.title)
            text.bind(template.body)
            try text.run()
        }
    }
}
