// SPDX-License-Identifier: Apache-2.0

import Replay
import Testing

@Suite struct ScheduleTests {
    private func histories() throws -> [CustomerHistory] {
        let lines = (0..<60).map { row in
            Shop.line("\(row)", Int64(row + 1), at: "1", customer: "\(row * row % 7).0")
        }
        return ReplayPlan(try Shop.file(lines)).histories
    }

    @Test func `one worker gets every step in the file's order`() throws {
        let histories = try histories()
        var schedule = Schedule(histories)
        var moments: [Int] = []
        while let turn = schedule.next() {
            moments.append(histories[turn.customer].steps[turn.step].moment)
            schedule.finish(turn)
        }
        #expect(moments == Array(0..<60))
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `many workers keep each customer's order and leave nothing out`(seed: UInt64) throws {
        var numbers = SeededNumbers(state: seed)
        let histories = try histories()
        var schedule = Schedule(histories)
        var busy: [Schedule.Turn] = []
        var done: [[Int]] = histories.map { _ in [] }
        var idle = 5
        while true {
            while idle > 0, let turn = schedule.next() {
                #expect(!busy.contains { $0.customer == turn.customer }, "seed \(seed)")
                busy.append(turn)
                idle -= 1
            }
            guard !busy.isEmpty else { break }
            let finished = busy.remove(at: Int.random(in: 0..<busy.count, using: &numbers))
            done[finished.customer].append(finished.step)
            schedule.finish(finished)
            idle += 1
        }
        #expect(done == histories.map { Array($0.steps.indices) }, "seed \(seed)")
    }
}

@Suite struct RequestKeyTests {
    @Test func `is a lower-cased UUID of version 8, the same for the same name`() {
        let key = RequestKey.uuid("order/489434")
        #expect(key == RequestKey.uuid("order/489434"))
        #expect(key != RequestKey.uuid("order/489435"))
        let shape = /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        #expect(key.wholeMatch(of: shape) != nil)
    }
}
