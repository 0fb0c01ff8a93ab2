// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

/// Runs mutations in batches, each batch one durable commit; synchronous and without a thread.
///
/// There is no savepoint: a call reads and decides before its first write, and one that fails in
/// the engine afterwards undoes the whole batch, whose calls are then run again, each alone.
public final class WriteBatch {
    let session: Session
    var plan = CheckpointPlan()
    private let now: @Sendable () -> Instant
    /// Calls of the running batch that were admitted.
    private var admitted: Set<Int> = []
    private var connection: Connection { session.connection }

    init(session: Session, now: @escaping @Sendable () -> Instant) {
        self.session = session
        self.now = now
    }

    /// Opens the database without a lock, a thread or readers: for a simulation, which runs batches
    /// itself and knows that nobody else has the file.
    public static func open(
        _ path: String, options: StoreOptions
    ) throws(StoreOpenError) -> WriteBatch {
        let connection = try Opening.writer(path: path, initialPolicy: options.initialPolicy)
        return WriteBatch(session: Session(connection), now: options.now)
    }

    /// Reads what is committed, between batches.
    public func read<Value>(_ body: (borrowing Snapshot) throws -> Value) rethrows -> Value {
        try body(Snapshot(session))
    }

    /// Runs calls in order and tells how each ended; everything told is durable.
    ///
    /// Throws when the disk failed or the file is damaged: then nothing may be told to anybody,
    /// since what is durable is not known.
    public func run(_ calls: [Mutation]) throws(StoreError) -> [Outcome] {
        var outcomes = [Outcome?](repeating: nil, count: calls.count)
        if try runTogether(calls, &outcomes) == false {
            try runEachAlone(calls, &outcomes)
        }
        return outcomes.map { outcome in
            guard let outcome else { preconditionFailure("a call without an outcome") }
            return outcome
        }
    }

    // MARK: Together

    /// False when the batch was undone and nothing but expiry has been decided.
    private func runTogether(
        _ calls: [Mutation], _ outcomes: inout [Outcome?]
    ) throws(StoreError) -> Bool {
        do throws(StoreError) {
            var isBegun = false
            for (index, call) in calls.enumerated() {
                guard call.admit() else {
                    outcomes[index] = .expired
                    continue
                }
                outcomes[index] = nil
                admitted.insert(index)
                if !isBegun {
                    try begin()
                    isBegun = true
                }
                outcomes[index] = try run(call)
            }
            if isBegun { try commit() }
            admitted.removeAll(keepingCapacity: true)
            return true
        } catch {
            try undo(error)
            for index in outcomes.indices where admitted.contains(index) { outcomes[index] = nil }
            return false
        }
    }

    // MARK: Alone

    private func runEachAlone(
        _ calls: [Mutation], _ outcomes: inout [Outcome?]
    ) throws(StoreError) {
        defer { admitted.removeAll(keepingCapacity: true) }
        for (index, call) in calls.enumerated() where outcomes[index] == nil {
            guard admitted.contains(index) || call.admit() else {
                outcomes[index] = .expired
                continue
            }
            outcomes[index] = try runAlone(call)
        }
    }

    private func runAlone(_ call: Mutation) throws(StoreError) -> Outcome {
        do throws(StoreError) {
            try begin()
            let outcome = try run(call)
            try commit()
            return outcome
        } catch {
            try undo(error)
            return error.kind == .full ? .full : .failed(error)
        }
    }

    // MARK: One call

    private func run(_ call: Mutation) throws(StoreError) -> Outcome {
        session.begin(at: now())
        if let key = try session.run({ (connection) throws(SQLiteError) in
            try connection.requestKey(call)
        }) {
            return key.digest == call.digest ? .replayed(key.reply) : .keyReused
        }
        let changesBefore = connection.totalChanges
        let reply: [UInt8]
        do {
            reply = try call.body(Transaction(session))
        } catch {
            if let failure = session.failure ?? (error as? StoreError) { throw failure }
            precondition(
                connection.totalChanges == changesBefore, "a call was refused after it wrote")
            return .refused(error)
        }
        if let failure = session.failure { throw failure }
        try session.run { (connection) throws(SQLiteError) in
            try connection.storeKey(of: call, reply: reply, at: session.now)
        }
        guard !connection.isAutocommit else {
            throw StoreError(.other, message: "a transaction ended inside a call")
        }
        return .committed(reply)
    }

    // MARK: Transaction

    private func begin() throws(StoreError) {
        session.chain = nil
        try session.run { (connection) throws(SQLiteError) in
            try connection.statement("BEGIN IMMEDIATE").run()
        }
    }

    /// A commit that fails for want of room left nothing; after any other failure nobody knows.
    private func commit() throws(StoreError) {
        do throws(StoreError) {
            try session.run { (connection) throws(SQLiteError) in
                try connection.statement("COMMIT").run()
            }
        } catch {
            guard error.kind == .full else {
                throw StoreError(.broken, code: error.code, message: error.message)
            }
            throw error
        }
    }

    /// Undoes the running transaction, which SQLite may have undone already; throws what is fatal.
    private func undo(_ error: StoreError) throws(StoreError) {
        session.forget()
        guard error.kind != .broken else { throw error }
        guard !connection.isAutocommit else { return }
        try session.run { (connection) throws(SQLiteError) in
            try connection.statement("ROLLBACK").run()
        }
    }
}
