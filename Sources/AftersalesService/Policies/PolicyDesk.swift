// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import AftersalesStore
import TTRPC

/// The policy as it was published, with its figures.
struct PolicyDesk: PolicyServiceHandler {
    let desk: Desk

    func getPolicy(
        _ request: GetPolicyRequest, _ call: ServerCall, _ reply: UnaryReply<GetPolicyResponse>
    ) {
        desk.read(call, reply) { snapshot in
            let current = try snapshot.currentPolicy()
            let version =
                request.policyVersion == 0 ? current.version : request.policyVersion
            guard let policy = try snapshot.policy(version) else {
                throw Rejection.policyVersion(version)
            }
            return GetPolicyResponse(
                policy: AftersalesAPI.Policy(policy, isCurrent: version == current.version))
        }
    }
}

extension AftersalesAPI.Policy {
    fileprivate init(_ policy: Aftersales.Policy, isCurrent: Bool) {
        self.init(
            policyVersion: policy.version, text: policy.text,
            parameters: AftersalesAPI.PolicyParameters(policy.parameters), current: isCurrent)
    }
}

extension AftersalesAPI.PolicyParameters {
    fileprivate init(_ parameters: Aftersales.PolicyParameters) {
        self.init()
        timeZone = parameters.timeZone
        returnDays = Int32(clamping: parameters.returnDays)
        exchangeDays = Int32(clamping: parameters.exchangeDays)
        repairDays = Int32(clamping: parameters.repairDays)
        shipByDays = Int32(clamping: parameters.shipByDays)
        inboundTimeoutDays = Int32(clamping: parameters.inboundTimeoutDays)
        paymentDueHours = Int32(clamping: parameters.paymentDueHours)
        choiceDueDays = Int32(clamping: parameters.choiceDueDays)
        approvalThresholds = parameters.approvalThresholds.sorted { $0.key < $1.key }.map {
            Money(currencyCode: $0.key, minorUnits: $0.value)
        }
        split = SplitRule(parameters.split)
        bundleClawback = parameters.bundleClawback
        bundleReturn = parameters.bundleReturnWholeOnly ? .wholeOnly : .any
        restockingBasisPoints = Int32(clamping: parameters.restockingBasisPoints)
        feeAllowedNoReason = parameters.feeAllowedForNoReason
        feeCapBasisPoints = Int32(clamping: parameters.feeCapBasisPoints)
        outboundRefundOnFullReturn = parameters.outboundRefundOnFullReturn
        refundDueDays = Int32(clamping: parameters.refundDueDays)
        keyRetentionDays = Int32(clamping: parameters.keyRetentionDays)
    }
}
