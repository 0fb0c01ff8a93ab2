// SPDX-License-Identifier: Apache-2.0

import AftersalesService
import Logging

/// What the daemon runs with: defaults, then the file, then flags.
struct Configuration: Equatable {
    /// Where clients connect, unless a service manager passes a listening socket.
    var socketPath = "/run/aftersales/aftersales.sock"
    /// The SQLite database; its folder must exist and belong to the daemon.
    var databasePath = "/var/lib/aftersales/aftersales.db"
    /// Who holds which role, by name; nil when the configuration says nothing about roles.
    var grants: [Grant]?
    /// How long running calls may go on after SIGTERM, in seconds: 1 to 600.
    var drainSeconds = 10
    /// What is logged: this level and above.
    var logLevel = Logger.Level.info
    /// Event loops that serve connections, each with its own reader of the store: 1 to 16; nil = as
    /// many as the machine has cores, at most 4.
    var lanes: Int?
    /// The file that this was read from.
    var file: String?

    /// One role for one user or one group.
    struct Grant: Equatable {
        var role: Role
        var holder: Holder
        /// The line of the file that says so.
        var line: Int

        enum Holder: Equatable {
            case user(String)
            case group(String)
        }
    }
}

/// What is wrong with a configuration file, with the place to mend it.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    var file: String
    /// From 1; 0 when the file as a whole is meant.
    var line: Int
    var problem: String

    var description: String {
        line > 0 ? "\(file):\(line): \(problem)" : "\(file): \(problem)"
    }
}
