#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds and runs the whole test suite. Arguments go to `swift test` instead.
set -euo pipefail
cd "$(dirname "$0")/.."

swift build --build-tests
if [ $# -gt 0 ]; then
    exec swift test --disable-xctest --skip-build "$@"
fi

# Tests with sockets or programs have deadlines of their own, which a machine that runs hundreds of
# other tests at the same time would make them miss: they run one after another, by themselves.
serial='^(TTRPCTests|ConformanceTests|EndToEndTests|AftersalesClientTests|aftersalesctlTests|DaemonHarnessTests)\.'
swift test --disable-xctest --skip-build --skip "$serial"
swift test --disable-xctest --skip-build --no-parallel --filter "$serial"
