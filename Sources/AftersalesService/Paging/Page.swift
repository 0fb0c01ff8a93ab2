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

    /// The page that a request asks for, by its size, its token and what the token has to hold for
    /// (``ListRequest/filter``).
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

/// A request for one page of a list.
protocol ListRequest: Message {
    /// The request without page size and token: what a token holds for.
    var unpaged: Self { get }
}

extension ListRequest {
    /// What a token holds for, told apart from every other list's.
    var filter: [UInt8] { Array(Self.protoName.utf8) + unpaged.encoded() }
}

extension ListOrdersRequest: ListRequest {
    var unpaged: Self { Self(onBehalfOf: onBehalfOf, view: view) }
}

extension ListMessagesRequest: ListRequest {
    var unpaged: Self {
        Self(onBehalfOf: onBehalfOf, unreadOnly: unreadOnly, orderID: orderID)
    }
}

extension ListRefundsRequest: ListRequest {
    var unpaged: Self { Self(onBehalfOf: onBehalfOf, orderID: orderID, states: states) }
}
