// SPDX-License-Identifier: Apache-2.0

/// What a decision needs besides the order and the command.
public struct DecisionContext: Sendable {
    /// Read once per call.
    public var now: Instant
    /// The version stamped on the order (for an import: the current one).
    public var policy: Policy
    /// The sequence number the decision's first event will get; ids are derived from it.
    public var nextSequence: Int64

    /// Makes one from its parts.
    public init(now: Instant, policy: Policy, nextSequence: Int64) {
        self.now = now
        self.policy = policy
        self.nextSequence = nextSequence
    }
}

/// Everything one decision changes, as values; the store saves it, whole or not at all.
///
/// It has at most one message, whose id is the sequence number of the first event.
public struct OrderChange: Sendable, Hashable {
    /// nil for an import.
    public var before: Order?
    /// The order as it will be.
    public var after: Order
    /// In the order of their sequence numbers.
    public var events: [DomainEvent]
    /// What the shop owes from now on, if anything.
    public var obligation: Obligation?
    /// New legs.
    public var legs: [RefundLeg]
    /// New or changed warehouse tasks.
    public var tasks: [WarehouseTask]
    /// New or changed shipments.
    public var shipments: [Shipment]
    /// At most one.
    public var messages: [MessageDraft]

    /// Makes one from its parts.
    public init(
        before: Order?, after: Order, events: [DomainEvent] = [], obligation: Obligation? = nil,
        legs: [RefundLeg] = [], tasks: [WarehouseTask] = [], shipments: [Shipment] = [],
        messages: [MessageDraft] = []
    ) {
        self.before = before
        self.after = after
        self.events = events
        self.obligation = obligation
        self.legs = legs
        self.tasks = tasks
        self.shipments = shipments
        self.messages = messages
    }
}
