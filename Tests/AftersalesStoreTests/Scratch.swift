// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesStore
import Foundation
import SQLite
import Synchronization

/// A directory for the database of one test, removed with it.
final class Scratch: Sendable {
    let directory: String
    var path: String { directory + "/aftersales.db" }

    init() throws {
        let base = FileManager.default.temporaryDirectory.path
        directory = "\(base)/aftersales-store-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    func batch() throws -> WriteBatch {
        try WriteBatch.open(path, options: .test())
    }

    func store(lanes: Int = 1) throws -> Store {
        try Store.open(path, options: .test(lanes: lanes))
    }
}

extension StoreOptions {
    static func test(lanes: Int = 1) -> StoreOptions {
        StoreOptions(
            laneCount: lanes, initialPolicy: .test,
            now: { Instant(microseconds: 1_700_000_000_000_000) },
            onFatal: { fatalError("the writer gave up: \($0)") })
    }
}

extension Policy {
    static var test: Policy {
        var parameters = PolicyParameters()
        parameters.approvalThresholds = ["CNY": 100_000, "GBP": 50_000]
        return Policy(
            version: 1, text: "Refund/Cancellation Policy\n", parameters: parameters,
            templates: [
                MessageTemplate(
                    kind: .cancelConfirmed, locale: "en", title: "Canceled", body: "{amount}")
            ])
    }
}

extension Mutation {
    /// A call whose body writes one event with this text as its type, and answers with it.
    static func note(
        _ text: String, key: String? = nil, digest: UInt8 = 1,
        admit: @escaping @Sendable () -> Bool = { true },
        completion: @escaping @Sendable (Outcome) -> Void = { _ in }
    ) -> Mutation {
        Mutation(
            method: "test/Note", requestID: key ?? text,
            digest: [UInt8](repeating: digest, count: 32), admit: admit,
            body: { transaction in
                try transaction.append([.note(text, seq: transaction.nextSequence())])
                return Array(text.utf8)
            }, completion: completion)
    }

    /// A call that refuses.
    static func refusing(key: String) -> Mutation {
        Mutation(
            method: "test/Note", requestID: key, digest: [UInt8](repeating: 1, count: 32),
            body: { _ in throw Refusal() })
    }
}

struct Refusal: Error {}

extension EventRow {
    static func note(_ text: String, seq: Int64) -> EventRow {
        EventRow(
            aggregate: .policy(1), version: seq, type: text,
            occurredAt: Instant(microseconds: 1), actor: "", policyVersion: 1, payload: [7])
    }
}

extension Outcome {
    /// The outcome as a word, with the reply where there is one.
    var word: String {
        switch self {
        case .committed(let reply): "committed \(String(decoding: reply, as: UTF8.self))"
        case .replayed(let reply): "replayed \(String(decoding: reply, as: UTF8.self))"
        case .keyReused: "key reused"
        case .refused(let error): "refused \(type(of: error))"
        case .expired: "expired"
        case .overloaded: "overloaded"
        case .closed: "closed"
        case .full: "full"
        case .failed(let error): "failed \(error.kind)"
        }
    }
}

extension Scratch {
    /// A plain connection beside the store's, for looking at the file.
    func reader() throws -> Connection {
        try Connection(path: path, mode: .readOnly)
    }
}

/// Statements seen, each once.
final class Seen: Sendable {
    private let statements = Mutex<Set<String>>([])
    var all: [String] { statements.withLock { $0.sorted() } }
    func add(_ sql: String) { statements.withLock { _ = $0.insert(sql) } }
}
