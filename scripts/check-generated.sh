#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails when the committed generated code is not what the generator writes now.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/generate.sh
if ! git diff --exit-code --stat -- '*/Generated/*' Sources/CAftersalesAPI Sources/CProtocPlugin \
    Sources/CTTRPCServices Tests/CEchoAPI Tests/CProtobufCFixtures ||
    [ -n "$(git ls-files --others --exclude-standard -- Sources Tests)" ]; then
    echo "Generated code differs from what is committed: run 'make proto' and commit." >&2
    git ls-files --others --exclude-standard -- Sources Tests >&2
    exit 1
fi
echo "Generated code is what the generator writes."
