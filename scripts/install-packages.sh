#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs those of the named Debian packages that are missing, and says so.
# AFTERSALES_NO_INSTALL=1 prints the command and stops instead.
set -euo pipefail

missing=()
for package in "$@"; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
    as_root=(sudo)
    command -v sudo >/dev/null || AFTERSALES_NO_INSTALL=1
fi
install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
    apt-get install --yes --no-install-recommends "${missing[@]}")

if [ "${AFTERSALES_NO_INSTALL:-}" = 1 ]; then
    echo "These Debian packages are missing. To install them:" >&2
    echo "  ${as_root[*]:+${as_root[*]} }apt-get update && ${install[*]}" >&2
    exit 69
fi
echo "Installing Debian packages: ${missing[*]}"
"${as_root[@]}" apt-get update --quiet
"${install[@]}" --quiet
