// SPDX-License-Identifier: Apache-2.0

/// Whether a peer may call a method.
public enum AuthorizationDecision: Sendable, Hashable {
    /// It may.
    case allowed
    /// It may not, and is told so; as a rule with PERMISSION_DENIED.
    case denied(RPCError)
}

/// Decides whether a peer may call a method, before anything of the request is decoded.
///
/// It runs on the event loop for each call, so it must be quick and never block.
public typealias Authorize = @Sendable (Peer, MethodDescriptor) -> AuthorizationDecision
