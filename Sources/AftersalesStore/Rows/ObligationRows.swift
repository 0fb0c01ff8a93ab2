// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

extension Connection {
    /// An obligation is its parts, one row each.
    func insert(_ obligation: Obligation) throws(SQLiteError) {
        for (index, part) in obligation.parts.enumerated() {
            var row = try statement(
                """
                INSERT INTO obligation (obligation_id, part, order_id, cause, fault, subject, line,
                    first, count, amount, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
            row.bind(obligation.id.value)
            row.bind(index)
            row.bind(obligation.orderID.value)
            row.bind(obligation.cause.rawValue)
            row.bind(obligation.fault.rawValue)
            row.bind(part.subject.number)
            if case .units(let line, let first, let count) = part.subject {
                row.bind(line)
                row.bind(first)
                row.bind(count)
            } else {
                for _ in 0..<3 { row.bind(Int64?.none) }
            }
            row.bind(part.amount)
            row.bind(obligation.createdAt.microseconds)
            try row.run()
        }
    }

    func obligation(_ id: ObligationID) throws(SQLiteError) -> Obligation? {
        var row = try statement(
            """
            SELECT order_id, cause, fault, created_at, subject, line, first, count, amount,
                obligation_id
            FROM obligation WHERE obligation_id = ? ORDER BY part
            """)
        row.bind(id.value)
        return try Self.obligations(in: row).first
    }

    func obligations(of order: OrderID) throws(SQLiteError) -> [Obligation] {
        var row = try statement(
            """
            SELECT order_id, cause, fault, created_at, subject, line, first, count, amount,
                obligation_id
            FROM obligation WHERE order_id = ? ORDER BY obligation_id, part
            """)
        row.bind(order.value)
        return try Self.obligations(in: row)
    }

    /// Gathers parts, which come obligation by obligation.
    private static func obligations(
        in row: consuming Statement
    ) throws(SQLiteError) -> [Obligation] {
        var obligations: [Obligation] = []
        while try row.step() {
            guard let cause = ObligationCause(rawValue: row.int(1)),
                let fault = Fault(rawValue: row.int(2)),
                let subject = Obligation.Subject(
                    number: row.int(4), line: row.int(5), first: row.int(6), count: row.int(7))
            else { throw .unreadable("obligation.cause, fault or subject") }
            let id = ObligationID(row.int64(9))
            if obligations.last?.id != id {
                obligations.append(
                    Obligation(
                        id: id, orderID: OrderID(row.int64(0)), cause: cause, fault: fault,
                        createdAt: Instant(microseconds: row.int64(3)), parts: []))
            }
            obligations[obligations.count - 1].parts.append(
                Obligation.Part(subject: subject, amount: row.int64(8)))
        }
        return obligations
    }
}

extension Obligation.Subject {
    fileprivate var number: Int {
        switch self {
        case .units: 1
        case .shipping: 2
        case .otherCharges: 3
        case .other: 4
        }
    }

    fileprivate init?(number: Int, line: Int, first: Int, count: Int) {
        switch number {
        case 1: self = .units(line: line, first: first, count: count)
        case 2: self = .shipping
        case 3: self = .otherCharges
        case 4: self = .other
        default: return nil
        }
    }
}
