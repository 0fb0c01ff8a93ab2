// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import AftersalesStore
import TTRPC

/// The Message Center.
struct MessageDesk: MessageServiceHandler {
    let desk: Desk

    /// Messages marked in one call.
    static let markMax = 100

    func listMessages(
        _ request: ListMessagesRequest, _ call: ServerCall,
        _ reply: UnaryReply<ListMessagesResponse>
    ) {
        desk.read(call, reply) { snapshot in
            let inbox = try Scope.inbox(request.onBehalfOf, roles: desk.roles(call))
            let page = try Page(
                size: request.pageSize, token: request.pageToken, filter: request.filter)
            let keys = try page.keys(count: 2)
            let order: OrderID? =
                request.orderID.isEmpty ? nil : try Fields.id(request.orderID, "order_id")
            // Nothing is written to sellers yet.
            guard case .customer(let customer) = inbox else { return ListMessagesResponse() }
            let messages = try snapshot.messages(
                MessageQuery(
                    customerID: customer, unreadOnly: request.unreadOnly, orderID: order),
                after: keys.map { MessageKey(isUnread: $0[0] == 1, id: MessageID($0[1])) },
                limit: page.limit)
            let (shown, next) = page.cut(messages) {
                [$0.key.isUnread ? 1 : 0, $0.key.id.value]
            }
            return ListMessagesResponse(
                messages: shown.map { MessageItem($0) },
                unreadCount: Int32(clamping: try snapshot.unreadCount(of: customer)),
                nextPageToken: next)
        }
    }

    func markRead(
        _ request: MarkReadRequest, _ call: ServerCall, _ reply: UnaryReply<MarkReadResponse>
    ) {
        desk.mutate(request, call, reply) { () throws(RPCError) in
            let inbox = try Scope.inbox(request.onBehalfOf, roles: desk.roles(call))
            let ids = try Self.ids(request.messageIDs)
            return { transaction in
                guard case .customer(let customer) = inbox else { throw Self.notFound(ids[0]) }
                for id in ids {
                    guard try transaction.message(id)?.content.customerID == customer else {
                        throw Self.notFound(id)
                    }
                }
                try transaction.markRead(ids)
                var items: [MessageItem] = []
                for id in ids {
                    if let message = try transaction.message(id) {
                        items.append(MessageItem(message))
                    }
                }
                return MarkReadResponse(
                    messages: items,
                    unreadCount: Int32(clamping: try transaction.unreadCount(of: customer)))
            }
        }
    }

    private static func notFound(_ id: MessageID) -> RPCError {
        ServiceErrors.error(
            .notFound, "MESSAGE", "no such message", metadata: [("id", id.text)])
    }

    private static func ids(_ texts: [String]) throws(RPCError) -> [MessageID] {
        guard !texts.isEmpty else { throw Fields.required("message_ids") }
        guard texts.count <= markMax else {
            throw RejectionStatus.error(.tooMany(field: "message_ids", countMax: markMax))
        }
        var ids: [MessageID] = []
        for (index, text) in texts.enumerated() {
            let id: MessageID = try Fields.id(text, "message_ids[\(index)]")
            guard !ids.contains(id) else {
                throw RejectionStatus.error(
                    .duplicate(field: "message_ids[\(index)]", id: text))
            }
            ids.append(id)
        }
        return ids
    }
}

extension MessageItem {
    fileprivate init(_ message: StoredMessage) {
        self.init(
            messageID: message.id.text, version: message.version,
            kind: AftersalesAPI.MessageKind(message.content.kind),
            orderID: message.content.orderID.text, title: message.content.title,
            text: message.content.text, read: message.readAt != nil,
            createTime: Timestamp(message.postedAt))
    }
}
