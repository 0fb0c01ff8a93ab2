// SPDX-License-Identifier: Apache-2.0

import Digest
import Foundation
import Glibc
import ProtobufC
import TTRPC

/// What one client has asked for and been told, on its own disk before it goes on.
///
/// A line is one fact, written and synced: `sent METHOD KEY SHA-256-OF-REQUEST` before the first
/// attempt, `acked KEY SHA-256-OF-REPLY` once it is answered. It is read back in the end, so what is
/// compared is what would be left if the client itself had died.
final class ClientJournal {
    /// One effect that was asked for.
    struct Effect: Sendable {
        let method: MethodDescriptor
        let request: [UInt8]
    }

    /// What the file says of one key.
    struct Entry: Sendable, Equatable {
        var requestHash: String
        /// Every answer it got; one, when all is well.
        var replyHashes: [String] = []
    }

    struct Failure: Error { let errno: Int32 }

    /// The requests by key, to be sent again.
    private(set) var effects: [String: Effect] = [:]
    private let path: String
    private let descriptor: Int32

    init(path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(errno: errno) }
    }

    deinit {
        close(descriptor)
    }

    func sent(_ key: String, _ effect: Effect) throws {
        effects[key] = effect
        try write("sent \(effect.method.fullName) \(key) \(Self.hash(effect.request))")
    }

    func acked(_ key: String, _ reply: [UInt8]) throws {
        try write("acked \(key) \(Self.hash(reply))")
    }

    /// The file's entries by key.
    func entries() throws -> [String: Entry] {
        var entries: [String: Entry] = [:]
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if words[0] == "sent" {
                entries[words[2]] = Entry(requestHash: words[3])
            } else {
                entries[words[1]]?.replyHashes.append(words[2])
            }
        }
        return entries
    }

    static func hash(_ bytes: [UInt8]) -> String {
        hexadecimal(SHA256.hash(bytes))
    }

    private func write(_ line: String) throws {
        let bytes = Array((line + "\n").utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0
        else { throw Failure(errno: errno) }
    }
}
