// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// The comments of one proto file by the paths of `SourceCodeInfo.Location`.
struct CommentTable {
    private var comments: [[Int32]: String] = [:]

    init() {}

    init(sourceCodeInfo bytes: ArraySlice<UInt8>) throws(DecodeError) {
        var cursor = WireCursor(bytes)
        while let field = try cursor.next() {
            guard field.number == 1 else { continue }
            try add(location: try field.bytes)
        }
    }

    /// The comment before the declaration at `path`, or else the one behind it; or else nothing.
    subscript(_ path: [Int32]) -> String {
        comments[path] ?? ""
    }

    private mutating func add(location: ArraySlice<UInt8>) throws(DecodeError) {
        var path: [Int32] = []
        var leading: String?
        var trailing: String?
        var cursor = WireCursor(location)
        while let field = try cursor.next() {
            switch (field.number, field.value) {
            case (1, .varint(let value)):
                path.append(Int32(truncatingIfNeeded: value))
            case (1, .bytes(let packed)):
                var elements = WireCursor(packed)
                while !elements.isAtEnd {
                    guard case .varint(let element) = try elements.nextElement(.varint) else {
                        continue
                    }
                    path.append(Int32(truncatingIfNeeded: element))
                }
            case (3, _): leading = try field.text
            case (4, _): trailing = try field.text
            default: continue
            }
        }
        guard let comment = leading ?? trailing else { return }
        comments[path] = Self.plain(comment)
    }

    /// The comment without the space that stands between `//` and the text, and without a newline
    /// at the end.
    private static func plain(_ comment: String) -> String {
        var lines = comment.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.first == " " ? $0.dropFirst() : $0
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
