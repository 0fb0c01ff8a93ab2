// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `The unit table` {
    /// The table, written out once more from the domain's state machine and its ruling 16.
    static let table: [UnitState: [UnitEvent: UnitState]] = [
        .open: [.cancel: .canceled, .beginShipping: .inProcess],
        .inProcess: [.ship: .shipped, .stopRequest: .stopRequested, .release: .open],
        .stopRequested: [
            .stopOK: .canceled, .release: .canceled, .ship: .shipped, .stopFailed: .inProcess,
        ],
        .shipped: [
            .deliver: .delivered, .refuse: .returning, .recallOK: .returning,
            .undeliverable: .returning, .lose: .lost,
        ],
        .returning: [.receive: .returned, .deliver: .delivered, .lose: .lost],
        .delivered: [
            .returnReceived: .returned, .formReceived: .inInspection, .repairIn: .inRepair,
        ],
        .inInspection: [.accept: .returned, .repairIn: .inRepair, .sendBack: .delivered],
        .inRepair: [.repairOut: .delivered, .scrap: .returned],
        .returned: [:], .lost: [:], .canceled: [:], .digital: [:],
    ]

    @Test(arguments: UnitState.allCases, UnitEvent.allCases)
    func `lists a pair or refuses it`(state: UnitState, event: UnitEvent) throws {
        let row = try #require(Self.table[state])
        if let next = row[event] {
            #expect(try state.after(event) == next)
        } else {
            #expect(
                rejection { _ = try state.after(event) }
                    == .invalidTransition(from: state.name, event: event.rawValue))
        }
    }

    @Test func `reaches every state but the digital one from OPEN`() throws {
        var reached: Set<UnitState> = [.open]
        for _ in UnitState.allCases {
            for state in reached {
                reached.formUnion((Self.table[state] ?? [:]).values)
            }
        }
        #expect(reached == Set(UnitState.allCases).subtracting([.digital]))
    }

    @Test func `has stable numbers`() {
        #expect(UnitState.allCases.map(\.rawValue) == Array(1...12))
        #expect(UnitState.canceled.rawValue == 11)
    }
}
