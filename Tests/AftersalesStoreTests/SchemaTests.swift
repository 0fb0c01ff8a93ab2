// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite
import Testing

@testable import AftersalesStore

@Suite struct SchemaTests {
    /// SQL that would break an invariant, and the words it is refused with.
    ///
    /// The order has id 1, tender 2, three mugs at 10.00, of which unit 0 was canceled: obligation
    /// and message 3, leg 4. Its task is made by the test.
    static let refused: [(String, String)] = [
        // Units
        ("UPDATE unit_run SET refunded = 1001 WHERE first = 1", "CHECK"),
        ("UPDATE unit_run SET refunded = 900, fee = 101 WHERE first = 1", "CHECK"),
        ("UPDATE unit_run SET refunded = 999 WHERE first = 0", "never falls"),
        ("UPDATE unit_run SET count = 2 WHERE first = 0", "never overlap"),
        ("UPDATE unit_run SET count = 3 WHERE first = 1", "never overlap"),
        ("UPDATE unit_run SET count = 0 WHERE first = 1", "CHECK"),
        ("UPDATE unit_run SET state = 1 WHERE first = 0", "stays so"),
        ("UPDATE unit_run SET state = 13 WHERE first = 1", "CHECK"),
        ("UPDATE unit_run SET net = 2000", "frozen"),
        ("UPDATE unit_run SET shipment_id = 99 WHERE first = 1", "FOREIGN KEY"),
        ("INSERT INTO unit_run VALUES (1, 2, 1, 0, 1, 1, 0, 0, 0, 0, NULL, NULL)", "never overlap"),
        ("INSERT INTO unit_run VALUES (1, 3, 1, 0, 1, 1, 0, 0, 0, 0, NULL, NULL)", "never overlap"),
        ("INSERT INTO unit_run VALUES (1, 3, 1, 7, 1, 1, 0, 0, 0, 0, NULL, NULL)", "never overlap"),
        ("DELETE FROM unit_run WHERE first = 1; UPDATE orders SET version = 9", "cover its units"),
        // Orders
        ("UPDATE orders SET obligated = 1001", "sum over the obligations"),
        ("UPDATE orders SET obligated = 4000", "CHECK"),
        ("UPDATE orders SET captured = 4000", "sum over the tenders"),
        ("UPDATE orders SET captured = 999", "CHECK"),
        ("UPDATE orders SET shipping_refunded = 1", "CHECK"),
        ("UPDATE orders SET obligated_without_approval = 1001", "CHECK"),
        ("UPDATE orders SET version = 1", "never falls"),
        ("UPDATE orders SET customer_id = 'c-2'", "keeps what was imported"),
        ("UPDATE orders SET is_canceled = 1", "CHECK"),
        ("DELETE FROM orders", "orders are kept"),
        ("UPDATE order_line SET quantity = 4", "never changes"),
        ("DELETE FROM order_line", "is kept"),
        // Tenders
        ("UPDATE tender SET captured = 2999", "never falls"),
        ("UPDATE tender SET released = -1", "never falls"),
        ("UPDATE tender SET last4 = '1234'", "keeps what was imported"),
        ("UPDATE transfer SET amount = 1", "never changes"),
        ("DELETE FROM transfer", "is kept"),
        // Obligations
        ("INSERT INTO obligation VALUES (9, 0, 1, 6, 2, 4, NULL, NULL, NULL, 2001, 0)", "at most"),
        ("INSERT INTO obligation VALUES (9, 0, 1, 6, 2, 4, NULL, NULL, NULL, 0, 0)", "CHECK"),
        ("INSERT INTO obligation VALUES (9, 0, 1, 6, 2, 1, NULL, NULL, NULL, 1, 0)", "CHECK"),
        ("UPDATE obligation SET amount = 1", "never changes"),
        ("DELETE FROM obligation", "is kept"),
        // Legs
        ("INSERT INTO refund_leg VALUES (9, 1, 3, 1, 2, 'c-1', 1, 1, 2, 0)", "carry out at most"),
        ("INSERT INTO refund_leg VALUES (9, 1, 3, 1, 2, 'c-1', 1, 2001, 2, 0)", "at most"),
        ("INSERT INTO refund_leg VALUES (9, 1, 8, 1, 2, 'c-1', 1, 1, 2, 0)", "carry out at most"),
        ("INSERT INTO refund_leg VALUES (9, 1, 3, 1, 8, 'c-1', 1, 1, 2, 0)", "at most"),
        ("UPDATE refund_leg SET amount = 1", "keeps its amount"),
        ("UPDATE refund_leg SET state = 13; UPDATE refund_leg SET state = 2", "stays so"),
        ("DELETE FROM refund_leg", "are kept"),
        // The rest
        ("UPDATE event SET actor = 'x' WHERE seq = 1", "never changes"),
        ("DELETE FROM event WHERE seq = 4", "is kept"),
        (
            """
            INSERT INTO event VALUES (6, 1, 1, 9, 't', 0, '', 1, x'', zeroblob(32), zeroblob(32))
            """, "follows the last"
        ),
        (
            """
            INSERT INTO event VALUES (5, 1, 1, 9, 't', 0, '', 1, x'', zeroblob(32), zeroblob(32))
            """, "follows the last"
        ),
        ("UPDATE request_key SET reply = x''", "never changes"),
        ("UPDATE message SET text = ''", "never changes"),
        ("UPDATE message SET is_unread = 0", "CHECK"),
        ("UPDATE warehouse_task SET count = 2", "keeps what it asks"),
        ("UPDATE warehouse_task SET state = 2", "CHECK"),
        ("UPDATE warehouse_task SET state = 4; UPDATE warehouse_task SET state = 1", "stays so"),
        ("UPDATE policy SET return_days = 8", "never changes"),
        ("DELETE FROM policy_template", "is kept"),
        ("UPDATE orders SET is_open = 'yes'", "cannot store TEXT"),
    ]

    @Test func `SQL that would break an invariant is refused`() throws {
        let scratch = try Scratch()
        var desk = try Desk(scratch)
        let id = try desk.importOrder(.mugs(3))
        #expect(id.value == 1)
        _ = try desk.batch.run([.cancel(key: "k", id, ["l-1": 1])])
        let connection = desk.batch.session.connection
        try connection.execute(
            "INSERT INTO warehouse_task VALUES (5, 1, 1, 0, 1, 1, 1, 0, NULL, NULL)")
        for (sql, words) in Self.refused {
            try connection.execute("BEGIN")
            let error = #expect(throws: SQLiteError.self, "\(sql)") { try connection.execute(sql) }
            try connection.execute("ROLLBACK")
            #expect(error?.code == .constraint, "\(sql)")
            #expect(error?.message.contains(words) == true, "\(sql): \(error?.message ?? "")")
        }
    }

    /// The gift card, tender 2, has captured 20.00 of the order's 83.95.
    @Test func `a leg needs room on its own tender, and needs it again to wait again`() throws {
        let scratch = try Scratch()
        var desk = try Desk(scratch)
        _ = try desk.importOrder(.basket(id: "o", captured: true))
        let connection = desk.batch.session.connection
        try connection.execute(
            """
            INSERT INTO obligation VALUES (8, 0, 1, 6, 2, 4, NULL, NULL, NULL, 3000, 0);
            INSERT INTO obligation VALUES (9, 0, 1, 6, 2, 4, NULL, NULL, NULL, 3000, 0);
            """)
        func error(_ sql: String) -> String {
            let error = #expect(throws: SQLiteError.self) { try connection.execute(sql) }
            return error?.message ?? ""
        }
        let words = "refunds to a tender are at most what it captured"
        #expect(
            error("INSERT INTO refund_leg VALUES (8, 1, 8, 1, 2, 'c', 1, 2001, 2, 0)") == words)
        try connection.execute(
            """
            INSERT INTO refund_leg VALUES (8, 1, 8, 1, 2, 'c', 1, 2000, 2, 0);
            UPDATE refund_leg SET state = 9 WHERE id = 8;
            INSERT INTO refund_leg VALUES (9, 1, 9, 1, 2, 'c', 1, 1, 2, 0);
            """)
        #expect(error("UPDATE refund_leg SET state = 2 WHERE id = 8") == words)
        try connection.execute("UPDATE refund_leg SET state = 13 WHERE id = 9")
        try connection.execute("UPDATE refund_leg SET state = 2 WHERE id = 8")
    }

    @Test func `the ledger of an order lists what moved`() throws {
        let scratch = try Scratch()
        var desk = try Desk(scratch)
        let id = try desk.importOrder(.mugs(3))
        _ = try desk.batch.run([.cancel(key: "k", id, ["l-1": 1])])
        var rows = try desk.batch.session.connection.statement(
            "SELECT from_account, to_account, amount, phase FROM ledger ORDER BY 1, 2, 4")
        var ledger: [String] = []
        while try rows.step() {
            ledger.append("\(rows.text(0)) \(rows.text(1)) \(rows.int(2)) \(rows.text(3))")
        }
        #expect(
            ledger == [
                "cash:2 sales:1 3000 pending", "cash:2 sales:1 3000 posted",
                "due:1 cash:2 1000 pending", "sales:1 due:1 1000 posted",
            ])
    }
}
