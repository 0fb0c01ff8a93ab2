#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The long checks that CI has only a short form of. Each part can be named: sanitizers, kills.
set -euo pipefail
cd "$(dirname "$0")/.."

# The address and thread sanitizers, for the modules that own C, sockets or threads.
sanitizers() {
    scripts/sanitize.sh
}

# A thousand SIGKILLs under load, and ten thousand races.
kills() {
    AFTERSALES_KILLS=1000 AFTERSALES_RACES=10000 scripts/test.sh --filter '^EndToEndTests\.'
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
