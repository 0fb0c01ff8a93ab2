// SPDX-License-Identifier: Apache-2.0

import CLibFuzzer
import Glibc

/// Feeds libFuzzer's inputs to a part of the runtime: `ttrpc-fuzz PART [libFuzzer's arguments]`.
@main
enum FuzzProgram {
    static func main() {
        let one: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
        switch CommandLine.arguments.dropFirst().first {
        case "server": one = { ServerFuzz.run(input($0, $1)) }
        case "client": one = { ClientFuzz.run(input($0, $1)) }
        case "envelopes": one = { EnvelopeFuzz.run(input($0, $1)) }
        default: fatalError("usage: ttrpc-fuzz server|client|envelopes [libFuzzer's arguments]")
        }
        var count = CommandLine.argc - 1
        // The part's name is not libFuzzer's, the program's own is.
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? =
            CommandLine.unsafeArgv + 1
        CommandLine.unsafeArgv[1] = CommandLine.unsafeArgv[0]
        exit(LLVMFuzzerRunDriver(&count, &arguments, one))
    }
}

/// libFuzzer's bytes.
private func input(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
}

/// Ends the run with what does not hold; libFuzzer keeps the input.
func hold(_ condition: Bool, _ text: @autoclosure () -> String, line: Int = #line) {
    if !condition { fatalError("does not hold: \(text()) (line \(line))") }
}
