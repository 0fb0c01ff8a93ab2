// SPDX-License-Identifier: Apache-2.0

import CProtocPlugin

/// The comments of a proto file by the path of descriptor fields to what they stand at.
struct Comments {
    private var texts: [[Int32]: String] = [:]

    init(_ info: UnsafeMutablePointer<Google__Protobuf__SourceCodeInfo>?) {
        guard let info else { return }
        for location in pointers(info.pointee.location, info.pointee.n_location) {
            let leading = string(location.pointee.leading_comments)
            let text = leading.isEmpty ? string(location.pointee.trailing_comments) : leading
            guard !text.isEmpty else { continue }
            let path = UnsafeBufferPointer(
                start: location.pointee.path, count: location.pointee.n_path)
            texts[[Int32](path)] = text
        }
    }

    /// The lines of the comment, without the blank that follows `//`.
    func lines(at path: [Int32]) -> [String] {
        guard let text = texts[path] else { return [] }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var line = line
            if line.first == " " { line = line.dropFirst() }
            while line.last == " " { line = line.dropLast() }
            return String(line)
        }
        while lines.last == "" { lines.removeLast() }
        return lines
    }
}
