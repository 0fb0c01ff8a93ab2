// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// A task or a thread that waits for a value.
enum Waiter<Value: Sendable>: Sendable {
    case task(CheckedContinuation<Value, Never>)
    case thread(EventLoopPromise<Value>)

    /// Hands it the value; once.
    func resume(_ value: Value) {
        switch self {
        case .task(let continuation): continuation.resume(returning: value)
        case .thread(let promise): promise.succeed(value)
        }
    }

    /// Makes the thread wait for a value.
    ///
    /// - Parameters:
    ///   - eventLoop: any; the thread must be no event loop's.
    ///   - enlist: given the waiter, which somebody must resume.
    /// - Returns: the value; `nil` if the process shuts its event loops down.
    static func wait(_ eventLoop: any EventLoop, _ enlist: (Waiter) -> Void) -> Value? {
        let promise = eventLoop.makePromise(of: Value.self)
        enlist(.thread(promise))
        return try? promise.futureResult.wait()
    }
}
