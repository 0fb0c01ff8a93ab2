// SPDX-License-Identifier: Apache-2.0

/// Words for a command line that is to be copied.
enum ShellText {
    /// The word as a POSIX shell takes it, in single quotes if it needs any.
    static func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy {
            $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:=@,".contains($0))
        }
        if isPlain, !word.isEmpty { return word }
        return "'"
            + word.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }
}
