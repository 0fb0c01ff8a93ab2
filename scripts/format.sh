#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Formats (--in-place) or lints (--lint) every Swift file that people write.
set -euo pipefail
cd "$(dirname "$0")/.."

files=$(mktemp)
trap 'rm -f "$files"' EXIT
git ls-files -z --cached --others --exclude-standard -- '*.swift' ':!*/Generated/*' >"$files"
case "${1:-}" in
--in-place) xargs -0 -a "$files" swift format --in-place --parallel ;;
--lint) xargs -0 -a "$files" swift format lint --strict --parallel ;;
*)
    echo "usage: $0 --in-place | --lint" >&2
    exit 64
    ;;
esac
