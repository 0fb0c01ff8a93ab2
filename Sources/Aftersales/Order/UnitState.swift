// SPDX-License-Identifier: Apache-2.0

/// Where a unit is on its way; the raw value is what the store keeps and never changes meaning.
public enum UnitState: Int, Sendable, Hashable, CaseIterable {
    /// Bought, not yet touched by the warehouse: the only state the policy lets a customer cancel.
    case open = 1
    /// Picking began; "entered the shipping process".
    case inProcess = 2
    /// Picking began and the warehouse has been asked to stop.
    case stopRequested = 3
    /// Handed to a carrier.
    case shipped = 4
    /// On its way back: refused, recalled or undeliverable.
    case returning = 5
    /// With the customer.
    case delivered = 6
    /// Received through a service form, not yet judged.
    case inInspection = 7
    /// Being repaired through a service form.
    case inRepair = 8
    /// Back with the shop for good.
    case returned = 9
    /// Lost on the way.
    case lost = 10
    /// Canceled before it shipped.
    case canceled = 11
    /// A digital item or a subscription: never on the way, never cancelable here.
    case digital = 12
}
