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
bench=Benchmarks/.build/release/bench

# The runtime by itself, against Debian's in Go where that is installed.
if [ -z "${BENCH_ECHO:-}" ]; then
    swift build -c release --static-swift-stdlib --product ttrpc-echo >&2
    export BENCH_ECHO=.build/release/ttrpc-echo
fi
if [ -z "${BENCH_GO_PEER:-}" ] && [ -x /usr/bin/go ] &&
    [ -e /usr/share/gocode/src/github.com/containerd/ttrpc/client.go ]; then
    Tests/ConformanceTests/Go/build.sh "$PWD/Benchmarks/.build/go" >&2
    export BENCH_GO_PEER=$PWD/Benchmarks/.build/go/go-peer
fi

[ -z "${BENCH_ONLY:-}" ] || exec "$bench" "$@"

# With one caller, whether the scheduler puts caller and server on one processor or on two decides
# more than the work does, most of all on a virtual machine, whose idle processors wake slowly. So
# floor and ours run on one processor there, and on all of them where many callers are.
pin=()
if command -v taskset >/dev/null; then
    # The last processor that this shell may use: 3 of "0-3", 7 of "4,7".
    processors=$(taskset -pc $$)
    pin=(taskset -c "${processors##*[!0-9]}")
else
    echo "bench: no taskset, so placement is the scheduler's" >&2
fi
status=0
BENCH_ONLY=rpc-echo,rpc-beside,echo,get-order,cancel-1,cancel-line "${pin[@]}" "$bench" "$@" || status=$?
BENCH_ONLY=rpc-many,rpc-server,start,cancel-64,cancel-64-syncs "$bench" "$@" || status=$?
exit "$status"
