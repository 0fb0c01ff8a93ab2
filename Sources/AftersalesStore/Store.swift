// SPDX-License-Identifier: Apache-2.0

import SQLite
import Synchronization

/// The durable state of the desk: one writer that commits in batches, a reader for each lane.
///
/// Whatever an ``Outcome`` or a read has told is on the disk. One process has the file open at a
/// time, held by a lock file beside it.
public final class Store: Sendable {
    private let queue = WriteQueue()
    private let writer: WriterThread
    private let lanes: [Lane]
    private let lock: Mutex<FileLock?>

    private init(
        lock: consuming FileLock, batch: sending WriteBatch, lanes: [Lane],
        onFatal: @escaping @Sendable (StoreError) -> Void
    ) {
        self.lock = Mutex(lock)
        self.lanes = lanes
        writer = WriterThread(queue: queue, batch: batch, onFatal: onFatal)
        writer.start()
    }

    /// Opens the database, making or migrating it as needed, and starts the writer.
    public static func open(
        _ path: String, options: StoreOptions
    ) throws(StoreOpenError) -> Store {
        precondition(options.laneCount >= 1)
        let lock = try takeLock(path)
        let batch = try WriteBatch.open(path, options: options)
        var lanes: [Lane] = []
        for _ in 0..<options.laneCount {
            lanes.append(Lane(Session(try Opening.reader(path: path))))
        }
        return Store(lock: lock, batch: batch, lanes: lanes, onFatal: options.onFatal)
    }

    /// The engine below, for the log: its version, then the options it was compiled with.
    public static var engine: (version: String, options: [String]) {
        (Connection.libraryVersion, Connection.compileOptions)
    }

    /// Lets the writer run a mutation; its completion is called whatever happens, unless the disk
    /// fails.
    ///
    /// When the mutation cannot even wait, the completion is called here and now.
    public func write(_ mutation: Mutation) {
        guard let refusal = queue.add(mutation) else { return }
        mutation.completion(refusal)
    }

    /// Runs one read on a lane's own reader, in the calling thread.
    ///
    /// One thread at a time may read on a lane (a precondition). A read that begins after an
    /// outcome was told sees its change. Throws a ``StoreError``, or what the body throws; what
    /// runs past the deadline is ended.
    public func read<Value: Sendable>(
        lane: Int, until deadline: ContinuousClock.Instant? = nil,
        _ body: (borrowing Snapshot) throws -> Value
    ) throws -> Value {
        try lanes[lane].read(until: deadline, body)
    }

    /// Tells each statement of the writer, for tests that count what a call costs.
    ///
    /// - Returns: the rows written so far.
    package func observeWriter(_ tell: (@Sendable (StaticString) -> Void)?) -> Int64 {
        writer.observe(tell)
    }

    /// Commits what waits, takes no more, closes the readers, then the writer.
    public func close() throws(StoreError) {
        queue.close()
        writer.join()
        for lane in lanes { lane.close() }
        defer { lock.withLock { $0 = nil } }
        try writer.close()
    }

    private static func takeLock(_ path: String) throws(StoreOpenError) -> FileLock {
        do throws(FileLock.Failure) {
            return try FileLock(path: path + ".lock")
        } catch {
            switch error {
            case .held: throw .inUse
            case .system(let errno): throw .lockFailed(errno: errno)
            }
        }
    }
}
