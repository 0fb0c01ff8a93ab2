// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesService
import Digest
import TTRPC
import Testing

/// The policy that comes with the shop.
@Suite struct PolicyTests {
    @Test func `version 1 is the published page, byte for byte`() async throws {
        let client = try TestDesk().client(.storefront)
        let policy = try #require(
            try await client.policy.getPolicy(GetPolicyRequest(policyVersion: 1)).policy)
        let bytes = Array(policy.text.utf8)
        #expect(bytes.count == 2_297)
        let digest = SHA256.hash(bytes).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }
        #expect(
            digest.joined()
                == "7e79c5d9df8de5e318685519ae2a6dd461cb59dd17d74654d39211c2bf29f776")
        #expect(policy.policyVersion == 1)
        #expect(policy.current)
        #expect(try await client.policy.getPolicy(GetPolicyRequest()).policy == policy)
    }

    @Test func `its figures are the published defaults`() async throws {
        let client = try TestDesk().client(.admin)
        let policy = try await client.policy.getPolicy(GetPolicyRequest()).policy
        var defaults = PolicyParameters()
        defaults.timeZone = "Asia/Shanghai"
        defaults.returnDays = 7
        defaults.exchangeDays = 15
        defaults.repairDays = 365
        defaults.shipByDays = 7
        defaults.inboundTimeoutDays = 30
        defaults.paymentDueHours = 168
        defaults.choiceDueDays = 14
        defaults.autoDecideOutcome = .unspecified
        defaults.autoDecideAfterHours = 0
        defaults.approvalThresholds = []
        defaults.split = .priority
        defaults.bundleClawback = false
        defaults.bundleReturn = .any
        defaults.restockingBasisPoints = 0
        defaults.feeAllowedNoReason = false
        defaults.labelCharges = []
        defaults.lateTiers = []
        defaults.feeCapBasisPoints = 5_000
        defaults.outboundRefundOnFullReturn = false
        defaults.refundDueDays = 7
        defaults.keyRetentionDays = 30
        #expect(policy?.parameters == defaults)
    }

    @Test func `an import is stamped with the version of its day`() async throws {
        let order = try await TestDesk().client(.storefront).imported(
            .order("o-1", lines: [.line("a", 100)]))
        #expect(order.policyVersion == 1)
    }
}
