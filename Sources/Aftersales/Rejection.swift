// SPDX-License-Identifier: Apache-2.0

/// Why the domain refuses a command: one case for each reason, with what the caller needs to act.
///
/// Nothing has changed when one is thrown. Mapping to an RPC status is the service's business.
public enum Rejection: Error, Sendable, Hashable {
    case orderNotFound
}
