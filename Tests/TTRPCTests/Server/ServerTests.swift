// SPDX-License-Identifier: Apache-2.0

import TTRPC
import Testing

@Suite struct ServerTests {
    @Test func `answers the golden request with the golden response`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(hex("0000000d 00000001 01 00 0a03612e42 120143 1a030a0161"))
            #expect(try socket.receive(15) == hex("00000005 00000001 02 00 12030a0161"))
        }
    }
}
