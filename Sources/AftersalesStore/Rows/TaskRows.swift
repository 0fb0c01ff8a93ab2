// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

extension Connection {
    func save(_ task: WarehouseTask) throws(SQLiteError) {
        var row = try statement(
            """
            INSERT INTO warehouse_task (id, kind, order_id, line, first, count, state, created_at,
                lease_token, leased_until)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state,
                lease_token = excluded.lease_token, leased_until = excluded.leased_until
            """)
        row.bind(task.id.value)
        row.bind(task.kind.rawValue)
        row.bind(task.orderID.value)
        row.bind(task.line)
        row.bind(task.first)
        row.bind(task.count)
        row.bind(task.state.rawValue)
        row.bind(task.createdAt.microseconds)
        row.bind(task.leaseToken)
        row.bind(task.leasedUntil?.microseconds)
        try row.run()
    }

    func task(_ id: TaskID) throws(SQLiteError) -> WarehouseTask? {
        var row = try statement(
            """
            SELECT id, kind, order_id, line, first, count, state, created_at, lease_token,
                leased_until
            FROM warehouse_task WHERE id = ?
            """)
        row.bind(id.value)
        return try row.step() ? Self.task(in: row) : nil
    }

    func tasks(of order: OrderID) throws(SQLiteError) -> [WarehouseTask] {
        var row = try statement(
            """
            SELECT id, kind, order_id, line, first, count, state, created_at, lease_token,
                leased_until
            FROM warehouse_task WHERE order_id = ? ORDER BY id
            """)
        row.bind(order.value)
        var tasks: [WarehouseTask] = []
        while try row.step() { tasks.append(try Self.task(in: row)) }
        return tasks
    }

    /// Open ones and those whose lease has run out, oldest first.
    func leasableTasks(
        kinds: Set<WarehouseTaskKind>, at now: Instant, limit: Int
    ) throws(SQLiteError) -> [WarehouseTask] {
        var row = try statement(
            """
            SELECT id, kind, order_id, line, first, count, state, created_at, lease_token,
                leased_until
            FROM warehouse_task INDEXED BY warehouse_task_live
            WHERE state IN (1, 2) AND (state = 1 OR leased_until <= ?) AND (1 << kind) & ?
            ORDER BY id LIMIT ?
            """)
        row.bind(now.microseconds)
        row.bind(kinds.reduce(0) { $0 | 1 << $1.rawValue })
        row.bind(limit)
        var tasks: [WarehouseTask] = []
        while try row.step() { tasks.append(try Self.task(in: row)) }
        return tasks
    }

    private static func task(in row: borrowing Statement) throws(SQLiteError) -> WarehouseTask {
        guard let kind = WarehouseTaskKind(rawValue: row.int(1)),
            let state = WarehouseTaskState(rawValue: row.int(6))
        else { throw .unreadable("warehouse_task.kind or state") }
        return WarehouseTask(
            id: TaskID(row.int64(0)), kind: kind, orderID: OrderID(row.int64(2)),
            line: row.int(3), first: row.int(4), count: row.int(5), state: state,
            createdAt: Instant(microseconds: row.int64(7)), leaseToken: row.optionalInt64(8),
            leasedUntil: row.optionalInt64(9).map { Instant(microseconds: $0) })
    }
}
