// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// One event loop of a server: its number, and how streaming handlers run on it.
struct Lane: Sendable {
    let index: Int
    let executor: EventLoopExecutor
}

/// The event loops of a server by number.
struct Lanes: Sendable {
    private let lanes: [ObjectIdentifier: Lane]

    init(_ group: MultiThreadedEventLoopGroup) {
        let loops = group.makeIterator().enumerated().map { index, loop in
            (ObjectIdentifier(loop), Lane(index: index, executor: EventLoopExecutor(loop)))
        }
        lanes = Dictionary(uniqueKeysWithValues: loops)
    }

    /// The lane of one of the group's loops.
    func lane(of eventLoop: any EventLoop) -> Lane {
        lanes[ObjectIdentifier(eventLoop)]
            ?? Lane(index: 0, executor: EventLoopExecutor(eventLoop))
    }
}
