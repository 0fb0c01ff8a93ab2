// SPDX-License-Identifier: Apache-2.0

import TTRPC
import Testing

@Suite struct PeerAccountsTests {
    @Test func `nobody is given more than the free part over the users and one`() {
        let pool = SharedPool(max: 100)
        #expect(pool.take(50, users: 1))
        #expect(!pool.take(26, users: 1))
        #expect(pool.take(25, users: 1))
        // Of 25 that are free, one of two users gets 8.
        #expect(!pool.allows(9, users: 2))
        #expect(pool.take(8, users: 2))
        #expect(pool.heldCount == 83)
        pool.change(by: -83)
        #expect(pool.take(50, users: 1))
    }

    @Test(arguments: [UInt64.random(in: .min ... .max)])
    func `a greedy user leaves something for each that comes after`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        var limits = Limits()
        limits.callsMax = 200 + random.next(below: 1_000)
        limits.callsPerUserMax = limits.callsMax
        let accounts = PeerAccounts(limits: limits)
        var taken: [Int] = []
        for uid in UInt32(0)..<10 {
            let account = try #require(accounts.beginConnection(uid: uid), "seed \(seed)")
            var count = 0
            // Calls come one at a time, so that the last of a pool goes to whoever asks.
            while count < limits.callsMax / 20, account.beginCall(.unary) { count += 1 }
            taken.append(count)
        }
        #expect(taken.allSatisfy { $0 == limits.callsMax / 20 }, "seed \(seed): \(taken)")
    }

    @Test func `bytes up to a user's bound may wait, and one past it may not`() throws {
        var limits = Limits()
        limits.queuedBytesPerUserMax = 1_000
        let accounts = PeerAccounts(limits: limits)
        let account = try #require(accounts.beginConnection(uid: 1))
        account.addQueuedBytes(400)
        #expect(account.allowsQueuedBytes(600))
        #expect(!account.allowsQueuedBytes(601))
        account.addQueuedBytes(-400)
        #expect(account.allowsQueuedBytes(1_000))
    }

    @Test func `all users' bytes have a bound too`() throws {
        var limits = Limits()
        limits.queuedBytesMax = 1_000
        let accounts = PeerAccounts(limits: limits)
        let one = try #require(accounts.beginConnection(uid: 1))
        let other = try #require(accounts.beginConnection(uid: 2))
        one.addQueuedBytes(700)
        #expect(other.allowsQueuedBytes(100))
        #expect(!other.allowsQueuedBytes(101))
    }

    @Test func `connections up to the bound are let in, and one past it is not`() {
        var limits = Limits()
        limits.connectionsPerUserMax = 3
        let accounts = PeerAccounts(limits: limits)
        for _ in 0..<3 { #expect(accounts.beginConnection(uid: 1) != nil) }
        #expect(accounts.beginConnection(uid: 1) == nil)
        #expect(accounts.beginConnection(uid: 2) != nil)
        accounts.endConnection(uid: 1)
        #expect(accounts.beginConnection(uid: 1) != nil)
        #expect(accounts.connectionCount == 4)
    }

    @Test func `the last connections are kept for users who have none`() {
        var limits = Limits()
        limits.connectionsMax = 10
        let accounts = PeerAccounts(limits: limits)
        var count = 0
        while accounts.beginConnection(uid: 1) != nil { count += 1 }
        // The tenth would be more than half of what is left.
        #expect(count == 9)
    }

    @Test func `a user who comes back finds the calls that still run charged`() throws {
        var limits = Limits()
        limits.callsPerUserMax = 2
        let accounts = PeerAccounts(limits: limits)
        let before = try #require(accounts.beginConnection(uid: 1))
        #expect(before.beginCall(.unary))
        #expect(before.beginCall(.bidirectionalStreaming))
        accounts.endConnection(uid: 1)
        let after = try #require(accounts.beginConnection(uid: 1))
        #expect(!after.beginCall(.unary))
        before.endCall(.bidirectionalStreaming)
        #expect(after.beginCall(.unary))
    }
}
