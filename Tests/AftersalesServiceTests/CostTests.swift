// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesStore
import Synchronization
import Testing

/// What a call costs in the database, counted through the whole service.
@Suite struct CostTests {
    /// Statements of the writer by their first words, BEGIN and COMMIT left out, and rows written.
    private static func cost(
        _ desk: TestDesk, _ body: () async throws -> Void
    ) async throws -> (statements: [String], rows: Int64) {
        let statements = Mutex<[String]>([])
        let before = desk.store.observeWriter { statement in
            let words = String(describing: statement).split(separator: " ").prefix(3)
            statements.withLock { $0.append(words.joined(separator: " ")) }
        }
        try await body()
        let after = desk.store.observeWriter(nil)
        return (
            statements.withLock { $0 }.filter { !["BEGIN IMMEDIATE", "COMMIT"].contains($0) },
            after - before
        )
    }

    @Test(arguments: [Int64(3), 19_152])
    func `canceling one unit paid by one captured tender is 14 statements and 9 rows`(
        quantity: Int64
    ) async throws {
        let desk = try TestDesk()
        let order = try await desk.client().imported(
            .order("ext-1", lines: [.line("a", 100, quantity: quantity)]))
        let (statements, rows) = try await Self.cost(desk) {
            let canceled = try await desk.client(.storefront).cancel(order, [("a", 1)])
            #expect(canceled.version > order.version)
        }
        #expect(statements.count == 14, "\(statements)")
        #expect(rows == 9)
    }

    @Test func `a repeat of a cancellation is one statement and no row`() async throws {
        let desk = try TestDesk()
        let order = try await desk.client().imported(
            .order("ext-1", lines: [.line("a", 100, quantity: 3)]))
        let key = newKey()
        try await desk.client(.storefront).cancel(order, [("a", 1)], key: key)
        let (statements, rows) = try await Self.cost(desk) {
            try await desk.client(.storefront).cancel(order, [("a", 1)], key: key)
        }
        #expect(statements.count == 1, "\(statements)")
        #expect(rows == 0)
    }
}
