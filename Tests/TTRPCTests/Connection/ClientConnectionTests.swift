// SPDX-License-Identifier: Apache-2.0

import TTRPC
import Testing

@Suite struct ClientConnectionTests {
    private func header(_ id: UInt32, _ type: FrameType = .response) -> FrameHeader {
        FrameHeader(payloadByteCount: 0, streamID: id, type: type)
    }

    @Test func `stream ids are odd and go up by two`() {
        var connection = ClientConnection<Int>(callsMax: 10)
        let ids = (0..<4).map { connection.begin($0) }
        #expect(ids == [1, 3, 5, 7])
    }

    @Test func `there is room up to the bound, and again when a call ends`() {
        var connection = ClientConnection<Int>(callsMax: 2)
        let ids = (0..<3).map { connection.begin($0) }
        #expect(ids == [1, 3, nil])
        #expect(!connection.hasRoom)
        guard case .finish(0, .success([])) = connection.receive(header(1), [UInt8]().span) else {
            Issue.record("not finished")
            return
        }
        #expect(connection.hasRoom)
    }

    @Test func `after the last stream id a new connection is needed`() {
        var connection = ClientConnection<Int>(callsMax: 10, firstStreamID: .max)
        let ids = (0..<2).map { connection.begin($0) }
        #expect(ids == [.max, nil])
        #expect(!connection.isUsedUp)
        _ = connection.receive(header(.max), [UInt8]().span)
        #expect(connection.isUsedUp)
    }

    @Test(
        arguments: [(3, .response), (1, .request), (1, FrameType(rawValue: 0x10))]
            as [(UInt32, FrameType)])
    func `a frame that nobody waits for is ignored`(id: UInt32, type: FrameType) {
        var connection = ClientConnection<Int>(callsMax: 10)
        _ = connection.begin(0)
        guard case .ignore = connection.receive(header(id, type), [UInt8]().span) else {
            Issue.record("not ignored")
            return
        }
    }

    @Test func `data for a unary call and a response that cannot be read end the call`() {
        var connection = ClientConnection<Int>(callsMax: 10)
        _ = (0..<3).map { connection.begin($0) }
        let actions = [
            connection.receive(header(1, .data), [UInt8]().span),
            connection.receive(header(3), [0x0a, 9].span),
            connection.receiveOversize(header(5), limit: 1),
        ]
        let codes: [StatusCode?] = actions.map {
            guard case .finish(_, let outcome) = $0 else { return nil }
            return outcome.code
        }
        #expect(codes == [.internal, .internal, .resourceExhausted])
    }

    @Test func `a second answer and the answer to a forgotten call are ignored`() {
        var connection = ClientConnection<Int>(callsMax: 10)
        _ = (0..<2).map { connection.begin($0) }
        _ = connection.receive(header(1), [UInt8]().span)
        let forgotten = connection.forget(3)
        #expect(forgotten == 1)
        for id in [1, 3] as [UInt32] {
            guard case .ignore = connection.receive(header(id), [UInt8]().span) else {
                Issue.record("not ignored")
                return
            }
        }
    }

    @Test func `a lost connection gives back the calls it did not answer`() {
        var connection = ClientConnection<Int>(callsMax: 10)
        _ = (0..<3).map { connection.begin($0) }
        _ = connection.receive(header(3), [UInt8]().span)
        let lost = connection.lose()
        #expect(Set(lost) == [0, 2])
    }
}
