// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import ArgumentParser
import TTRPC

/// The command `aftersalesctl order cancel ID LINE[:QTY]…`.
struct OrderCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Cancel items of an order, or show what that would do.",
        discussion: """
            The order is read first: for its customer, in whose name the items are canceled, and \
            for the open units of each line that is named without a quantity. If it changes in \
            between, nothing is canceled and the call ends in ABORTED.
            """)

    @Argument(help: ArgumentHelp("Id of the order, ord_….", valueName: "id"))
    var orderID: String

    @Argument(
        help: ArgumentHelp(
            "A line of the order, and how many units of it; without a number, all open ones.",
            valueName: "line[:qty]"))
    var lines: [LineArgument]

    @Flag(help: "Show what would be canceled and refunded; change nothing.")
    var preview = false

    @Flag(help: "Also cancel what is left of every bundle that the selection touches.")
    var acceptBundleClosure = false

    @Flag(help: "Cancel what can be canceled and report the rest, instead of refusing all.")
    var allowPartial = false

    @Option(help: "Why: \(Self.reasonNames).")
    var reason = CancelReasonArgument(reason: .changedMind)

    @Option(help: ArgumentHelp("The customer, if not the order's own.", valueName: "id"))
    var customer: String?

    @Option(
        help: ArgumentHelp(
            "Key of the effect, to repeat a call whose outcome is unknown.", valueName: "uuid"))
    var requestID: String?

    @Option(
        help: ArgumentHelp(
            "Version that the order must have; 0 takes any. Default: the one that is read.",
            valueName: "number"))
    var expectedVersion: Int64?

    @OptionGroup var globals: GlobalOptions

    func validate() throws {
        // A repeat must be the request that it repeats; what is open may have changed since.
        guard requestID == nil || lines.allSatisfy({ $0.quantity != nil }) else {
            throw ValidationError("With --request-id each line needs its quantity: LINE:QTY.")
        }
    }

    func run() async throws {
        try await globals.run { session in
            let order = try await order(session)
            let customerID = customer ?? order.customerID
            if preview {
                try await previewCancel(session, order, customerID)
            } else {
                try await cancel(session, order, customerID)
            }
        }
    }

    private func order(_ session: Session) async throws(RPCError) -> Order {
        var request = GetOrderRequest()
        request.orderID = orderID
        if let customer { request.onBehalfOf = OnBehalfOf(customer: customer) }
        return try await session.client.orders.getOrder(request, options: session.options).order
            ?? Order()
    }

    private func previewCancel(_ session: Session, _ order: Order, _ customerID: String)
        async throws
    {
        var request = PreviewCancelRequest()
        request.orderID = orderID
        request.onBehalfOf = OnBehalfOf(customer: customerID)
        request.selection = lines.map { $0.selection(of: order) }
        request.acceptBundleClosure = acceptBundleClosure
        request.allowPartial = allowPartial
        let response = try await session.client.orders.previewCancel(
            request, options: session.options)
        try session.show(response, CancelTables.preview)
    }

    private func cancel(_ session: Session, _ order: Order, _ customerID: String) async throws {
        var request = CancelItemsRequest()
        request.requestID = requestID ?? RequestID.make()
        request.orderID = orderID
        request.onBehalfOf = OnBehalfOf(customer: customerID)
        request.selection = lines.map { $0.selection(of: order) }
        request.expectedVersion = expectedVersion ?? (requestID == nil ? order.version : 0)
        request.reason = reason.reason
        request.acceptBundleClosure = acceptBundleClosure
        request.allowPartial = allowPartial
        let orders = session.client.orders
        let response = try await session.mutate(
            requestID: request.requestID, repeatWith: repeatCommand(request)
        ) {
            options throws(RPCError) in
            try await orders.cancelItems(request, options: options)
        }
        try session.show(response, CancelTables.confirmation)
    }

    /// The command that sends the very same request again.
    private func repeatCommand(_ request: CancelItemsRequest) -> String {
        var words = ["aftersalesctl", "order", "cancel", orderID]
        words += request.selection.map { "\($0.lineID):\($0.quantity)" }
        words += ["--request-id", request.requestID]
        words += ["--expected-version", "\(request.expectedVersion)"]
        words += ["--reason", reason.description]
        if acceptBundleClosure { words.append("--accept-bundle-closure") }
        if allowPartial { words.append("--allow-partial") }
        if let customer { words += ["--customer", customer] }
        return words.map(ShellText.quoted).joined(separator: " ")
    }

    private static let reasonNames =
        CancelReason.allCases.dropFirst().map { CancelReasonArgument(reason: $0).description }
        .joined(separator: ", ")
}

/// `LINE` or `LINE:QTY`.
///
/// A colon that no number follows belongs to the line's id.
struct LineArgument: ExpressibleByArgument, Equatable {
    var lineID: String
    var quantity: Int64?

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"),
            let quantity = Int64(argument[argument.index(after: colon)...])
        else {
            guard !argument.isEmpty else { return nil }
            lineID = argument
            return
        }
        guard quantity > 0, colon > argument.startIndex else { return nil }
        lineID = String(argument[..<colon])
        self.quantity = quantity
    }

    /// The selection; without a quantity, all open units, or all units if none is open, so that
    /// the daemon says why they cannot be canceled.
    func selection(of order: Order) -> LineSelection {
        var selection = LineSelection()
        selection.lineID = lineID
        let open = order.units.filter { $0.lineID == lineID && $0.state == .open }
            .reduce(0) { $0 + $1.count }
        let whole = order.lines.first { $0.lineID == lineID }?.quantity ?? 1
        selection.quantity = quantity ?? (open > 0 ? open : whole)
        return selection
    }
}

/// A reason in the contract's words, in lower case with hyphens: `changed-mind`.
struct CancelReasonArgument: ExpressibleByArgument, CustomStringConvertible {
    var reason: CancelReason

    init(reason: CancelReason) {
        self.reason = reason
    }

    init?(argument: String) {
        let known = CancelReason.allCases.dropFirst()
        guard let reason = known.first(where: { Self(reason: $0).description == argument }) else {
            return nil
        }
        self.reason = reason
    }

    var description: String {
        String(DisplayText.word(reason).lowercased().map { $0 == "_" ? "-" : $0 })
    }

    var defaultValueDescription: String { description }
}
