// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import ProtobufC
import TTRPC

/// One page of a list: how many items, after which key.
///
/// One item more than the page holds is read, which tells whether there is a next page.
struct Page {
    private let size: Int
    private let filter: [UInt8]
    private let token: PageToken?

    /// Reads what a request says; the filter is the request without page size and token, encoded.
    init(size: Int32, token: String, filter: [UInt8]) throws(RPCError) {
        self.size = try Fields.pageSize(size)
        self.filter = filter
        if token.isEmpty {
            self.token = nil
        } else {
            guard let read = PageToken(text: token, filter: filter) else { throw Self.badToken }
            self.token = read
        }
    }

    /// How many items to read.
    var limit: Int { size + 1 }

    /// The keys of the last item of the page before; nil on the first page.
    func keys(count: Int) throws(RPCError) -> [Int64]? {
        guard let token else { return nil }
        guard token.keys.count == count else { throw Self.badToken }
        return token.keys
    }

    /// The items of this page, and the token of the next; empty on the last.
    func cut<Item>(_ items: [Item], key: (Item) -> [Int64]) -> ([Item], String) {
        guard items.count > size, let last = items.prefix(size).last else { return (items, "") }
        return (Array(items.prefix(size)), PageToken(keys: key(last)).text(filter: filter))
    }

    private static let badToken = ServiceErrors.invalid(
        "page_token", "PAGE_TOKEN",
        "page_token is not one of this list with this filter; begin with the first page")
}

extension ListOrdersRequest {
    /// The request without page size and token.
    var filter: [UInt8] { ListOrdersRequest(onBehalfOf: onBehalfOf, view: view).encoded() }
}

extension ListMessagesRequest {
    /// The request without page size and token.
    var filter: [UInt8] {
        ListMessagesRequest(onBehalfOf: onBehalfOf, unreadOnly: unreadOnly, orderID: orderID)
            .encoded()
    }
}

extension ListRefundsRequest {
    /// The request without page size and token.
    var filter: [UInt8] {
        ListRefundsRequest(onBehalfOf: onBehalfOf, orderID: orderID, states: states).encoded()
    }
}
