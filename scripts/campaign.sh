#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The long checks that CI has only a short form of. Each part can be named: sanitizers, kills.
set -euo pipefail
cd "$(dirname "$0")/.."

# The address and thread sanitizers, for the modules that own C or threads.
sanitizers() {
    local filter='^(SQLiteTests|ProtobufCTests|TTRPCTests)\.'
    for sanitizer in address thread; do
        echo "== $sanitizer sanitizer"
        swift build --build-tests --sanitize="$sanitizer" --scratch-path ".build-$sanitizer"
        SWIFT_BACKTRACE=enable=no swift test --skip-build --sanitize="$sanitizer" \
            --scratch-path ".build-$sanitizer" --filter "$filter"
    done
}

# A thousand SIGKILLs under load, and the races in full.
kills() {
    AFTERSALES_KILLS=1000 AFTERSALES_RACES=1000 scripts/test.sh --filter '^EndToEndTests\.'
}

parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(sanitizers kills)
for part in "${parts[@]}"; do
    case "$part" in
    sanitizers | kills) "$part" ;;
    *)
        echo "usage: $0 [sanitizers] [kills]" >&2
        exit 64
        ;;
    esac
done
