// SPDX-License-Identifier: Apache-2.0

import Aftersales

extension Rejection {
    /// The refusal of one shipment's part of a batch, with the event named by its place in the
    /// whole request; `places` are where the events of the part are in it.
    func placed(at places: [Int]) -> Rejection {
        switch self {
        case .fieldRequired(let field): .fieldRequired(field: Self.path(field, places))
        case .tooLong(let field, let bytesMax):
            .tooLong(field: Self.path(field, places), bytesMax: bytesMax)
        case .quantity(let field, let quantityMax):
            .quantity(field: Self.path(field, places), quantityMax: quantityMax)
        case .unknownLine(let field, let lineID):
            .unknownLine(field: Self.path(field, places), lineID: lineID)
        case .duplicateLine(let field, let lineID):
            .duplicateLine(field: Self.path(field, places), lineID: lineID)
        default: self
        }
    }

    /// `events[n]…` with another n; any other path as it is.
    private static func path(_ field: String, _ places: [Int]) -> String {
        let head = "events["
        guard field.hasPrefix(head), let end = field.firstIndex(of: "]"),
            let place = Int(field[..<end].dropFirst(head.count)), places.indices.contains(place)
        else { return field }
        return head + "\(places[place])" + field[end...]
    }
}
