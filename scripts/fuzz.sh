#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fuzzes the frame state machines and the envelopes with libFuzzer, SECONDS_EACH (60) each and side
# by side; what breaks one is left in .build-fuzz. Name parts to run only those: server, client,
# envelopes.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${SECONDS_EACH:-60}
parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(server client envelopes)

# libFuzzer comes with the toolchain's clang.
clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang
[ -x "$clang" ] || clang=clang
runtime=$("$clang" -print-file-name="lib/linux/libclang_rt.fuzzer_no_main-$(uname -m).a")
[ -f "$runtime" ] || {
    echo "fuzz: the toolchain has no $runtime" >&2
    exit 69
}

export AFTERSALES_FUZZED=1
scratch=.build-fuzz
swift build -c release --scratch-path "$scratch" --product ttrpc-fuzz \
    -Xlinker "$runtime" -Xlinker -lstdc++
program=$(swift build -c release --scratch-path "$scratch" --show-bin-path)/ttrpc-fuzz

# fuzz PART: runs until the time is over or something breaks.
fuzz() {
    local corpus=$scratch/corpus/$1 name bytes
    mkdir -p "$corpus"
    # The golden frames begin every corpus; what was found before stays in it.
    while read -r name bytes; do
        [ "$name" = "#" ] && continue
        bytes=${bytes// /}
        # shellcheck disable=SC2001 # two digits at a time
        printf '%b' "$(sed 's/../\\x&/g' <<<"$bytes")" >"$corpus/$name"
    done <Fuzz/golden-frames.txt
    "$program" "$1" "$corpus" -max_total_time="$seconds" -max_len=2048 -timeout=10 \
        -rss_limit_mb=1024 -malloc_limit_mb=64 -artifact_prefix="$scratch/$1-" \
        >"$scratch/$1.log" 2>&1
}

# Side by side: each is one thread.
declare -A jobs=()
for part in "${parts[@]}"; do
    fuzz "$part" &
    jobs[$part]=$!
done
status=0
for part in "${parts[@]}"; do
    if wait "${jobs[$part]}"; then
        echo "$part: $(grep '^Done' "$scratch/$part.log")"
    else
        echo "$part broke; the input is in $scratch:" >&2
        grep -aA30 'Fatal error\|^==' "$scratch/$part.log" >&2 || tail -n 40 "$scratch/$part.log" >&2
        status=1
    fi
done
exit "$status"
