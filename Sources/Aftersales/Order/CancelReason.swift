// SPDX-License-Identifier: Apache-2.0

/// Why units are canceled; the raw value is stored and never changes meaning.
public enum CancelReason: Int, Sendable, Hashable, CaseIterable {
    case changedMind = 1
    case orderedByMistake = 2
    case foundCheaper = 3
    case tooSlow = 4
    case wrongAddress = 5
    case duplicateOrder = 6
    case paymentProblem = 7
    case other = 8
    // The shop's and the sellers' own.
    case outOfStock = 9
    case pricingError = 10
    case fraudSuspected = 11
    case cannotShip = 12
}
