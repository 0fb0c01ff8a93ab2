// SPDX-License-Identifier: Apache-2.0

import AftersalesService
import Logging
import Yams

/// Reads a configuration file: YAML whose every key is known, whose every value is possible.
///
/// ```yaml
/// socket: /run/aftersales/aftersales.sock
/// database: /var/lib/aftersales/aftersales.db
/// drain_seconds: 10
/// log_level: info
/// lanes: 2
/// roles:
///   storefront: { users: [shop], groups: [shop-web] }
///   admin: { groups: [aftersales-admin] }
/// ```
struct ConfigurationFile {
    let name: String

    /// The configuration that `text` asks for.
    ///
    /// - Throws: ``ConfigurationError`` that names line and key.
    func parse(_ text: String) throws(ConfigurationError) -> Configuration {
        var configuration = Configuration()
        configuration.file = name
        guard let root = try compose(text), root.scalar?.string.isEmpty != true else {
            return configuration
        }
        for (key, value) in try entries(root, of: "the file") {
            switch try scalar(key, "a key") {
            case "socket": configuration.socketPath = try path(value, "socket")
            case "database": configuration.databasePath = try path(value, "database")
            case "drain_seconds":
                configuration.drainSeconds = try integer(value, "drain_seconds", in: 1...600)
            case "lanes": configuration.lanes = try integer(value, "lanes", in: 1...16)
            case "log_level":
                let level = try scalar(value, "log_level")
                guard let parsed = Logger.Level(rawValue: level) else {
                    let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
                    throw error(value, "log_level: '\(level)' is not one of \(known)")
                }
                configuration.logLevel = parsed
            case "roles": configuration.grants = try grants(value)
            case let unknown:
                throw error(
                    key,
                    """
                    unknown key '\(unknown)'; known are socket, database, drain_seconds, lanes, \
                    log_level, roles
                    """)
            }
        }
        return configuration
    }

    private func grants(_ node: Node) throws(ConfigurationError) -> [Configuration.Grant] {
        var grants: [Configuration.Grant] = []
        for (key, holders) in try entries(node, of: "roles") {
            let name = try scalar(key, "a role")
            guard let role = Role(rawValue: name) else {
                let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw error(key, "unknown role '\(name)'; known are \(known)")
            }
            for (kind, names) in try entries(holders, of: "roles.\(name)") {
                let kindName = try scalar(kind, "a key")
                guard kindName == "users" || kindName == "groups" else {
                    throw error(
                        kind, "roles.\(name): unknown key '\(kindName)'; known are users, groups")
                }
                guard let sequence = names.sequence else {
                    throw error(names, "roles.\(name).\(kindName) must be a list of names")
                }
                for item in sequence {
                    let holder = try scalar(item, "roles.\(name).\(kindName)")
                    grants.append(
                        Configuration.Grant(
                            role: role,
                            holder: kindName == "users" ? .user(holder) : .group(holder),
                            line: item.mark?.line ?? 0))
                }
            }
        }
        return grants
    }

    private func compose(_ text: String) throws(ConfigurationError) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch let failure as YamlError {
            switch failure {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
                .composer(_, let problem, let mark, _):
                throw ConfigurationError(file: name, line: mark.line, problem: problem)
            case .duplicatedKeysInMapping(let duplicates, let context):
                throw ConfigurationError(
                    file: name, line: context.mark.line,
                    problem: "given again further down: \(duplicates.joined(separator: ", "))")
            default:
                throw ConfigurationError(file: name, line: 0, problem: "\(failure)")
            }
        } catch {
            throw ConfigurationError(file: name, line: 0, problem: "\(error)")
        }
    }

    private func entries(
        _ node: Node, of place: String
    ) throws(ConfigurationError) -> [(Node, Node)] {
        if let mapping = node.mapping { return mapping.map { ($0.key, $0.value) } }
        throw error(node, "\(place) must be keys with values")
    }

    private func scalar(_ node: Node, _ key: String) throws(ConfigurationError) -> String {
        if let scalar = node.scalar, !scalar.string.isEmpty { return scalar.string }
        throw error(node, "\(key) must be one word or number")
    }

    private func path(_ node: Node, _ key: String) throws(ConfigurationError) -> String {
        let path = try scalar(node, key)
        guard path.hasPrefix("/") else {
            throw error(node, "\(key): '\(path)' must be an absolute path")
        }
        return path
    }

    private func integer(
        _ node: Node, _ key: String, in range: ClosedRange<Int>
    ) throws(ConfigurationError) -> Int {
        let text = try scalar(node, key)
        guard let value = Int(text), range.contains(value) else {
            throw error(
                node,
                "\(key): '\(text)' must be a whole number from \(range.lowerBound) to "
                    + "\(range.upperBound)")
        }
        return value
    }

    private func error(_ node: Node, _ problem: String) -> ConfigurationError {
        ConfigurationError(file: name, line: node.mark?.line ?? 0, problem: problem)
    }
}
