// SPDX-License-Identifier: Apache-2.0

/// An account of the ledger, as far as one order is concerned.
public enum LedgerAccount: Sendable, Hashable {
    /// Money that came in by a tender and has not gone back; an asset, never below zero.
    case cash(TenderID)
    /// What the order earned and no obligation has claimed.
    case sales(OrderID)
    /// What the shop owes the customer of the order.
    case due(OrderID)
}

/// The phase of a two-phase transfer.
public enum TransferPhase: Int, Sendable, Hashable, CaseIterable {
    /// Posted at once, or posted after it was pending.
    case posted = 1
    /// Reserved.
    case pending = 2
    /// Was reserved and is not any more.
    case voided = 3
}

/// Money from one account to another; amounts are positive and never change.
public struct LedgerTransfer: Sendable, Hashable {
    /// The account debited.
    public var debit: LedgerAccount
    /// The account credited.
    public var credit: LedgerAccount
    /// In minor units of the order's currency.
    public var amount: Int64
    /// Where a two-phase transfer stands.
    public var phase: TransferPhase
}

/// What was debited and credited to an account.
public struct LedgerBalance: Sendable, Hashable {
    /// The sum of posted debits.
    public var debitsPosted: Int64 = 0
    /// The sum of posted credits.
    public var creditsPosted: Int64 = 0
    /// The sum of reserved debits.
    public var debitsPending: Int64 = 0
    /// The sum of reserved credits.
    public var creditsPending: Int64 = 0
}

/// The ledger of one order, read from the rows that are its transfers.
///
/// A capture is `cash` to `sales`, each part of an obligation `sales` to `due`, each leg `due` to
/// `cash` with its phase; authorizations are memoranda and move no balance.
public struct Ledger: Sendable, Hashable {
    /// In this order: captures, obligations, legs.
    public private(set) var transfers: [LedgerTransfer] = []
    /// The balances of every account that was touched.
    public private(set) var balances: [LedgerAccount: LedgerBalance] = [:]

    /// Reads the ledger of an order from all its obligations and legs.
    public init(order: Order, obligations: [Obligation], legs: [RefundLeg]) {
        let sales = LedgerAccount.sales(order.id)
        let due = LedgerAccount.due(order.id)
        for tender in order.tenders where tender.captured > 0 {
            append(.cash(tender.id), sales, tender.captured, .posted)
        }
        for part in obligations.flatMap(\.parts) {
            append(sales, due, part.amount, .posted)
        }
        for leg in legs {
            append(due, .cash(leg.tenderID), leg.amount, leg.state.phase)
        }
    }

    /// Credits less debits of `sales`, posted.
    public func sales(_ order: OrderID) -> Int64 { liability(.sales(order)) }

    /// Credits less debits of `due`, posted: what is owed and not settled.
    public func due(_ order: OrderID) -> Int64 { liability(.due(order)) }

    /// What a tender's `cash` can still give, pending legs taken off.
    public func cashAvailable(_ tender: TenderID) -> Int64 {
        let balance = balances[.cash(tender)] ?? LedgerBalance()
        return balance.debitsPosted - balance.creditsPosted - balance.creditsPending
    }

    private func liability(_ account: LedgerAccount) -> Int64 {
        let balance = balances[account] ?? LedgerBalance()
        return balance.creditsPosted - balance.debitsPosted
    }

    private mutating func append(
        _ debit: LedgerAccount, _ credit: LedgerAccount, _ amount: Int64, _ phase: TransferPhase
    ) {
        transfers.append(
            LedgerTransfer(debit: debit, credit: credit, amount: amount, phase: phase))
        switch phase {
        case .posted:
            balances[debit, default: LedgerBalance()].debitsPosted += amount
            balances[credit, default: LedgerBalance()].creditsPosted += amount
        case .pending:
            balances[debit, default: LedgerBalance()].debitsPending += amount
            balances[credit, default: LedgerBalance()].creditsPending += amount
        case .voided: break
        }
    }
}

extension RefundState {
    /// The phase of the transfer that a leg in this state is.
    public var phase: TransferPhase {
        if isPending { return .pending }
        switch self {
        case .settled: return .posted
        default: return .voided
        }
    }
}
