// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Who started this process and watches over it: systemd's notify and socket-activation protocols.
///
/// Without `NOTIFY_SOCKET` and `LISTEN_FDS` in the environment every call does nothing, so a daemon
/// started by hand behaves the same. Source: sd_notify(3), sd_listen_fds(3).
package struct Supervisor: Sendable {
    private let notifySocket: String?
    private let inherited: [Int32]
    private let names: [String]

    /// The first descriptor that socket activation passes.
    private static let firstDescriptor: Int32 = 3

    /// Reads what the manager passed.
    ///
    /// - Parameters:
    ///   - environment: looks up a variable.
    ///   - processID: this process; descriptors meant for another one are not taken.
    package init(environment: (String) -> String?, processID: Int32) {
        notifySocket = environment("NOTIFY_SOCKET").flatMap { $0.isEmpty ? nil : $0 }
        if environment("LISTEN_PID").flatMap({ Int32($0) }) == processID,
            let count = environment("LISTEN_FDS").flatMap({ Int32($0) }), count > 0
        {
            inherited = (0..<count).map { Self.firstDescriptor + $0 }
            names = (environment("LISTEN_FDNAMES") ?? "").split(
                separator: ":", omittingEmptySubsequences: false
            ).map(String.init)
        } else {
            inherited = []
            names = []
        }
    }

    /// Reads this process's own environment.
    package init() {
        self.init(
            environment: { name in getenv(name).map { String(cString: $0) } },
            processID: getpid())
    }

    /// Listening sockets that the manager opened, with their names, in its order.
    ///
    /// They stay open for the life of the process, and children do not inherit them.
    package func listeningSockets() -> [(descriptor: Int32, name: String)] {
        inherited.enumerated().map { index, descriptor in
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            return (descriptor, index < names.count ? names[index] : "")
        }
    }

    /// Tells the manager a state, such as `READY=1`; says whether the manager was told.
    @discardableResult
    package func notify(_ state: String) -> Bool {
        guard let path = notifySocket else { return false }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard name.count < room else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        // A name that begins with @ is abstract: its first byte on the wire is NUL.
        if name.first == UInt8(ascii: "@") { address.sun_path.0 = 0 }
        let length = MemoryLayout<sa_family_t>.size + name.count

        let descriptor = socket(
            AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let message = Array(state.utf8)
        let sent = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(
                    descriptor, message, message.count, Int32(MSG_NOSIGNAL), $0,
                    socklen_t(length))
            }
        }
        return sent == message.count
    }
}
