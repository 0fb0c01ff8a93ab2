#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures the daemon against floors taken in the same run; see Benchmarks/README.md.
# Needs .build/release/aftersalesd (make build). A short form: BENCH_ORDERS=2000 BENCH_BLOCKS=3.
# --strict: a figure over its limit is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

daemon=${BENCH_DAEMON:-.build/release/aftersalesd}
[ -x "$daemon" ] || {
    echo "bench: there is no $daemon; run make build" >&2
    exit 66
}
swift build --package-path Benchmarks -c release --product floor-server >&2
swift build --package-path Benchmarks -c release --product bench >&2
exec Benchmarks/.build/release/bench "$@"
