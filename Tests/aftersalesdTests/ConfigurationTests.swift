// SPDX-License-Identifier: Apache-2.0

import AftersalesService
import Foundation
import Logging
import Testing

@testable import aftersalesd

/// What a configuration file may say, and how it is told what it may not.
@Suite struct ConfigurationTests {
    private static func parse(_ text: String) throws(ConfigurationError) -> Configuration {
        try ConfigurationFile(name: "a.yaml").parse(text)
    }

    @Test(arguments: ["", "\n", "# nothing yet\n", "---\n"])
    func `a file that says nothing leaves the defaults`(_ text: String) throws {
        var defaults = Configuration()
        defaults.file = "a.yaml"
        #expect(try Self.parse(text) == defaults)
        #expect(defaults.socketPath == "/run/aftersales/aftersales.sock")
        #expect(defaults.databasePath == "/var/lib/aftersales/aftersales.db")
        #expect(defaults.grants == nil)
        #expect(defaults.drainSeconds == 10)
        #expect(defaults.logLevel == .info)
        #expect(defaults.lanes == nil)
    }

    @Test func `every key is read`() throws {
        let configuration = try Self.parse(
            """
            socket: /tmp/a.sock
            database: /tmp/a.db
            drain_seconds: 600
            log_level: debug
            lanes: 16
            roles:
              storefront: { users: [shop], groups: [shop-web, "www data"] }
              payment_worker:
                users:
                  - pay
            """)
        var expected = Configuration()
        expected.file = "a.yaml"
        expected.socketPath = "/tmp/a.sock"
        expected.databasePath = "/tmp/a.db"
        expected.drainSeconds = 600
        expected.logLevel = .debug
        expected.lanes = 16
        expected.grants = [
            .init(role: .storefront, holder: .user("shop"), line: 7),
            .init(role: .storefront, holder: .group("shop-web"), line: 7),
            .init(role: .storefront, holder: .group("www data"), line: 7),
            .init(role: .paymentWorker, holder: .user("pay"), line: 10),
        ]
        #expect(configuration == expected)
    }

    /// A text, the line that is named and a word that the problem holds.
    struct Wrong: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var line: Int
        var words: [String]

        init(_ name: String, _ text: String, line: Int, _ words: String...) {
            testDescription = name
            self.text = text
            self.line = line
            self.words = words
        }
    }

    static let wrong = [
        Wrong("unknown key", "lanes: 2\nsokcet: /tmp/a\n", line: 2, "unknown key", "sokcet"),
        Wrong("no keys at all", "- a\n- b\n", line: 1, "the file"),
        Wrong("one word", "hello\n", line: 1, "the file"),
        Wrong("too few lanes", "lanes: 0\n", line: 1, "lanes", "'0'", "1 to 16"),
        Wrong("too many lanes", "lanes: 17\n", line: 1, "lanes", "'17'"),
        Wrong("no time to drain", "drain_seconds: 0\n", line: 1, "drain_seconds", "1 to 600"),
        Wrong("too long a drain", "drain_seconds: 601\n", line: 1, "drain_seconds"),
        Wrong("a word for a number", "\n\ndrain_seconds: ten\n", line: 3, "drain_seconds", "'ten'"),
        Wrong("a fraction", "drain_seconds: 1.5\n", line: 1, "drain_seconds", "'1.5'"),
        Wrong("a list for a path", "socket: [/a, /b]\n", line: 1, "socket"),
        Wrong("a map for a number", "lanes: { a: 1 }\n", line: 1, "lanes"),
        Wrong("nothing for a path", "database:\n", line: 1, "database"),
        Wrong("a relative path", "socket: a.sock\n", line: 1, "socket", "absolute"),
        Wrong("unknown level", "log_level: loud\n", line: 1, "log_level", "'loud'", "trace"),
        Wrong(
            "unknown role", "roles:\n  admin: { users: [root] }\n  boss: { users: [root] }\n",
            line: 3, "unknown role", "boss", "storefront"),
        Wrong("unknown holder", "roles:\n  admin: { hosts: [a] }\n", line: 2, "admin", "hosts"),
        Wrong("one name for a list", "roles:\n  admin: { users: root }\n", line: 2, "list"),
        Wrong("a list for a name", "roles:\n  admin: { users: [[root]] }\n", line: 2, "admin"),
        Wrong("no roles", "roles:\n", line: 1, "roles"),
        Wrong("a role without holders", "roles:\n  admin:\n", line: 2, "admin"),
        Wrong("duplicate key", "socket: /tmp/a\nlanes: 2\nlanes: 3\n", line: 2, "again", "lanes"),
        Wrong(
            "duplicate role", "roles:\n  admin: { users: [a] }\n  admin: { users: [b] }\n",
            line: 2, "again", "admin"),
        Wrong("broken YAML", "lanes: 2\nroles: { admin: [\n", line: 3, ""),
        Wrong("two documents", "lanes: 2\n---\nlanes: 3\n", line: 2, ""),
    ]

    @Test(arguments: wrong)
    func `what is wrong is named with its line and key`(_ wrong: Wrong) throws {
        let error = try #require(throws: ConfigurationError.self) { try Self.parse(wrong.text) }
        #expect(error.file == "a.yaml")
        #expect(error.line == wrong.line, "\(error)")
        for word in wrong.words where !word.isEmpty {
            #expect(error.problem.contains(word), "\(error)")
        }
        #expect(error.description.hasPrefix("a.yaml:\(wrong.line): "))
    }

    @Test func `a user or group that the host does not have is named with its line`() throws {
        let configuration = try Self.parse(
            "roles:\n  support:\n    users: [root]\n    groups: [no-such-group-here]\n")
        let error = try #require(throws: ConfigurationError.self) {
            try RoleResolution.assignment(configuration.grants, file: "a.yaml")
        }
        #expect(error.line == 4)
        #expect(error.problem.contains("roles.support"))
        #expect(error.problem.contains("no group 'no-such-group-here'"))
    }

    @Test func `names become the ids of this host`() throws {
        let configuration = try Self.parse(
            "roles:\n  support: { users: [root] }\n  admin: { groups: [root] }\n")
        let assignment = try RoleResolution.assignment(configuration.grants, file: "a.yaml")
        var expected = RoleAssignment()
        expected.grant(.support, toUser: 0)
        expected.grant(.admin, toGroup: 0)
        #expect(assignment == expected)
    }

    @Test func `without a word about roles root and the daemon's own user hold every one`() throws {
        let assignment = try RoleResolution.assignment(nil, file: "a.yaml")
        #expect(assignment == RoleAssignment(everythingTo: [0, geteuid()]))
    }

    @Test func `a file that cannot be read says why`() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try ConfigurationText.read("/no/such/file.yaml")
        }
        #expect(error.description.hasPrefix("/no/such/file.yaml: cannot be read: No such file"))
    }

    @Test func `a file larger than the limit or not UTF-8 is refused`() throws {
        let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).yaml"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let limit = ConfigurationText.bytesMax
        func write(_ bytes: [UInt8]) throws {
            try Data(bytes).write(to: URL(fileURLWithPath: path))
        }
        try write(Array(repeating: UInt8(ascii: "#"), count: limit))
        #expect(try ConfigurationText.read(path).utf8.count == limit)
        try write(Array(repeating: UInt8(ascii: "#"), count: limit + 1))
        let large = #expect(throws: ConfigurationError.self) { try ConfigurationText.read(path) }
        #expect(large?.problem == "larger than \(limit) bytes")
        try write([0x23, 0xff, 0xfe])
        let text = #expect(throws: ConfigurationError.self) { try ConfigurationText.read(path) }
        #expect(text?.problem == "not UTF-8")
    }
}
