#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The house rules that a machine can check. Each rule prints what breaks it.
set -uo pipefail
shopt -s lastpipe # so that a rule at the end of a pipe can fail the script
cd "$(dirname "$0")/.."

failed=0
# rule NAME: reads offending lines from standard input; any line is a failure.
rule() {
    local found
    found=$(cat)
    [ -z "$found" ] && return
    echo "house rule broken: $1" >&2
    echo "$found" | sed 's/^/    /' >&2
    failed=1
}
sources() { git ls-files -- "$@" | grep -v '/Generated/' || true; }

sources 'Sources/**/*.swift' 'Tests/**/*.swift' 'Benchmarks/**/*.swift' | xargs -r grep -L 'SPDX-License-Identifier' |
    rule "every file names its licence"
sources 'Sources/**/*.swift' | xargs -r wc -l | awk '$2 != "total" && $1 > 400 { print $2 ": " $1 }' |
    rule "no source file is longer than 400 lines"
sources 'Sources/**/*.swift' | LC_ALL=C.UTF-8 xargs -r grep -HnP '^.{101,}$' | cut -d: -f1,2 |
    rule "no line is longer than 100 columns"
sources 'Sources/**/*.swift' 'Tests/**/*.swift' | xargs -r grep -nE 'try!|as!|@unchecked|nonisolated\(unsafe\)' |
    while IFS=: read -r file line rest; do
        # An exception carries its written proof on the lines above it.
        head -n "$line" "$file" | tail -n 12 | grep -q 'Proof:' || echo "$file:$line:$rest"
    done | rule "no try!, as!, @unchecked or nonisolated(unsafe) without a written proof"
sources 'Sources/**/*.swift' | grep -vE '^Sources/(SQLite|ProtobufC|Host|DaemonHarness|protoc-gen-swift-ttrpc)/' |
    xargs -r grep -nwE 'unsafe|UnsafePointer|UnsafeMutablePointer|UnsafeRawPointer|UnsafeBufferPointer|OpaquePointer' |
    grep -vE ':[0-9]+: *///?' |
    while IFS=: read -r file line rest; do
        head -n "$line" "$file" | tail -n 6 | grep -q 'Proof:' || echo "$file:$line:$rest"
    done | rule "pointers stay in the modules that own C, unless there is a written proof"
sources 'Sources/**/*.swift' | grep -vE '^Sources/(aftersales-|aftersalesctl|protoc-gen|DaemonHarness|Replay)' |
    xargs -r grep -nE '^ *(public |package |internal |private )?import (struct |class |func )?Foundation' |
    rule "no Foundation in what the daemon links"
sources 'Sources/Aftersales/**/*.swift' | xargs -r grep -nE '^ *(public )?import ' |
    rule "the domain imports only the standard library"
sources 'Sources/**/*.swift' 'Tests/**/*.swift' 'proto/**/*.proto' | xargs -r grep -nwE 'TODO|FIXME' |
    rule "no unfinished marks"
sources 'Sources/**/*.swift' 'Tests/**/*.swift' | grep -E '(Manager|Helper|Utils)[^/]*\.swift$' |
    rule "no Manager, Helper or Utils"

[ "$failed" = 0 ] && echo "House rules hold."
exit "$failed"
