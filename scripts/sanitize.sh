#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the tests of the modules that own C, sockets or threads under the address and thread
# sanitizers; a report fails the run. Name one of them to run only that.
set -euo pipefail
cd "$(dirname "$0")/.."

# Tests that start other programs: the generator frees nothing before it ends, and what starts it
# is Foundation's; neither is what is looked at here.
programs='PluginTests|ProtocOracleTests'

# The thread sanitizer does not see the standard library's Mutex, which takes a futex by itself, and
# reports the state that it guards; TTRPC's state is all guarded by it, as the compiler checks.
unseen='^TTRPC(Services)?Tests\.'

export AFTERSALES_SANITIZED=1 SWIFT_BACKTRACE=enable=no
sanitizers=("$@")
[ ${#sanitizers[@]} -gt 0 ] || sanitizers=(address thread)
for sanitizer in "${sanitizers[@]}"; do
    echo "== $sanitizer sanitizer"
    build=(--sanitize="$sanitizer" --scratch-path ".build-$sanitizer")
    swift build --build-tests "${build[@]}"
    skip=$programs
    [ "$sanitizer" = address ] || skip="$programs|$unseen"
    # There are no XCTest cases, and its runner leaks some of its own objects.
    swift test --disable-xctest --skip-build --no-parallel --skip "$skip" "${build[@]}"
done
