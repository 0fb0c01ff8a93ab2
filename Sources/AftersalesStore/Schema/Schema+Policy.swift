// SPDX-License-Identifier: Apache-2.0

extension Schema {
    /// Versions of the policy; none ever changes.
    static let policyTables = """
        CREATE TABLE policy (
            version INTEGER PRIMARY KEY CHECK (version >= 1),
            text TEXT NOT NULL,
            time_zone TEXT NOT NULL,
            return_days INTEGER NOT NULL,
            exchange_days INTEGER NOT NULL,
            repair_days INTEGER NOT NULL,
            ship_by_days INTEGER NOT NULL,
            inbound_timeout_days INTEGER NOT NULL,
            payment_due_hours INTEGER NOT NULL,
            choice_due_days INTEGER NOT NULL,
            split INTEGER NOT NULL CHECK (split IN (1, 2)),
            bundle_clawback INTEGER NOT NULL CHECK (bundle_clawback IN (0, 1)),
            bundle_return_whole_only INTEGER NOT NULL CHECK (bundle_return_whole_only IN (0, 1)),
            restocking_basis_points INTEGER NOT NULL
                CHECK (restocking_basis_points BETWEEN 0 AND 10000),
            fee_allowed_for_no_reason INTEGER NOT NULL CHECK (fee_allowed_for_no_reason IN (0, 1)),
            label_charge INTEGER NOT NULL CHECK (label_charge >= 0),
            fee_cap_basis_points INTEGER NOT NULL CHECK (fee_cap_basis_points BETWEEN 0 AND 10000),
            outbound_refund_on_full_return INTEGER NOT NULL
                CHECK (outbound_refund_on_full_return IN (0, 1)),
            refund_due_days INTEGER NOT NULL,
            key_retention_days INTEGER NOT NULL CHECK (key_retention_days >= 30)
        ) STRICT;
        CREATE TRIGGER policy_is_frozen BEFORE UPDATE ON policy
        BEGIN SELECT RAISE(ABORT, 'a policy version never changes'); END;
        CREATE TRIGGER policy_is_kept BEFORE DELETE ON policy
        BEGIN SELECT RAISE(ABORT, 'a policy version is kept'); END;

        CREATE TABLE policy_threshold (
            policy_version INTEGER NOT NULL REFERENCES policy,
            currency TEXT NOT NULL CHECK (length(currency) = 3),
            amount INTEGER NOT NULL CHECK (amount >= 0),
            PRIMARY KEY (policy_version, currency)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER policy_threshold_is_frozen BEFORE UPDATE ON policy_threshold
        BEGIN SELECT RAISE(ABORT, 'a policy version never changes'); END;
        CREATE TRIGGER policy_threshold_is_kept BEFORE DELETE ON policy_threshold
        BEGIN SELECT RAISE(ABORT, 'a policy version is kept'); END;

        CREATE TABLE policy_template (
            policy_version INTEGER NOT NULL REFERENCES policy,
            kind INTEGER NOT NULL CHECK (kind >= 1),
            locale TEXT NOT NULL,
            title TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (policy_version, kind, locale)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER policy_template_is_frozen BEFORE UPDATE ON policy_template
        BEGIN SELECT RAISE(ABORT, 'a policy version never changes'); END;
        CREATE TRIGGER policy_template_is_kept BEFORE DELETE ON policy_template
        BEGIN SELECT RAISE(ABORT, 'a policy version is kept'); END;

        """
}
