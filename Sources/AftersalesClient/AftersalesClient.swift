// SPDX-License-Identifier: Apache-2.0

public import AftersalesAPI
public import TTRPC

/// The desk, as another program on the same machine sees it.
///
/// One value holds one connection, which is made with the first call, made again when it is lost,
/// and may be used by any number of tasks. It ends with the last copy of the value.
///
/// ```swift
/// let desk = AftersalesClient()
/// let request = GetOrderRequest(orderID: "ord_1")
/// let order = try await desk.orders.getOrder(request, options: .idempotent)
/// ```
///
/// Who calls is known to the daemon from the socket: the process's user and groups decide its
/// roles. Every mutation carries a ``RequestID`` and may then be repeated without harm; so pass
/// ``TTRPC/CallOptions/idempotent``, and repeat with the same id when a call ends in UNAVAILABLE or
/// DEADLINE_EXCEEDED: its outcome is not known.
public struct AftersalesClient: Sendable {
    /// Where the daemon listens unless it is told otherwise.
    public static let socketPathDefault = "/run/aftersales/aftersales.sock"

    /// Makes the calls; for methods that have no stub here.
    public let rpc: any RPCClient

    /// Makes a client of the daemon behind a socket; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - socketPath: of the daemon's Unix socket.
    ///   - configuration: timeouts, retries and limits.
    public init(
        socketPath: String = Self.socketPathDefault, configuration: ClientConfiguration = .init()
    ) {
        self.init(rpc: Client(path: socketPath, configuration: configuration))
    }

    /// Makes a client that calls through `rpc`, such as a fake in a test.
    public init(rpc: any RPCClient) {
        self.rpc = rpc
    }

    /// Orders: import, look at, cancel.
    public var orders: OrderServiceClient { OrderServiceClient(rpc) }

    /// The Message Center.
    public var messages: MessageServiceClient { MessageServiceClient(rpc) }

    /// Refunds, leg by leg.
    public var refunds: RefundServiceClient { RefundServiceClient(rpc) }

    /// What the warehouse reports and is asked for.
    public var warehouse: WarehouseServiceClient { WarehouseServiceClient(rpc) }

    /// What the payment side reports.
    public var payments: PaymentServiceClient { PaymentServiceClient(rpc) }

    /// Refunds and voids on their way to the institutions.
    public var paymentWork: PaymentWorkerServiceClient { PaymentWorkerServiceClient(rpc) }

    /// Text messages on their way to the customers.
    public var smsWork: SmsWorkerServiceClient { SmsWorkerServiceClient(rpc) }

    /// The policy and its versions.
    public var policies: PolicyServiceClient { PolicyServiceClient(rpc) }

    /// Service forms: returns, exchanges, repairs.
    public var returnCenter: ReturnCenterServiceClient { ReturnCenterServiceClient(rpc) }

    /// What a seller's portal does.
    public var sellers: SellerServiceClient { SellerServiceClient(rpc) }

    /// The cart, as far as the desk fills it.
    public var carts: CartServiceClient { CartServiceClient(rpc) }

    /// The audit log.
    public var events: EventServiceClient { EventServiceClient(rpc) }

    /// What the shop's administrators do.
    public var admin: AdminServiceClient { AdminServiceClient(rpc) }
}

extension CallOptions {
    /// Options of a call that may run twice: it reads, or it carries a ``RequestID``.
    ///
    /// Only such a call is sent again when the connection is lost.
    public static let idempotent = CallOptions(isIdempotent: true)
}
