// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import TTRPC

/// Who is written into the log as having caused a change: the peer by its uid, then the operator
/// and the party it named, such as `uid:1000;operator:ann;customer:c-17`.
///
/// The log never changes, so what is left out here is lost. Ids are the callers' own strings; in
/// them `%`, `;`, the space and controls are percent-encoded, so that no id reads as two.
struct Actor: Sendable {
    let text: String

    init(_ call: ServerCall, for party: OnBehalfOf? = nil) {
        var parts = ["uid:\(call.peer.uid)"]
        if let name = party?.operator, !name.isEmpty { parts.append("operator:" + Self.id(name)) }
        switch party?.party {
        case .customerID(let customer): parts.append("customer:" + Self.id(customer))
        case .sellerID(let seller): parts.append("seller:" + Self.id(seller))
        case nil: break
        }
        text = parts.joined(separator: ";")
    }

    private static func id(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0...0x20, 0x7f, UInt8(ascii: "%"), UInt8(ascii: ";"):
                bytes += [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 15)]
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
