#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Builds the peer in Rust from Debian's packages alone: nothing is downloaded.
# Usage: build.sh WORK_FOLDER; leaves WORK_FOLDER/debug/rust-peer.
set -eu
work=$1
source=$(dirname "$0")

rm -rf "$work/package"
mkdir -p "$work/package/src"
cp "$source/Cargo.toml" "$work/package/"
cp "$source"/src/*.rs "$work/package/src/"

# Debian's compiler, so that what is built here is what is built anywhere.
export RUSTC=/usr/bin/rustc CARGO_HOME="$work/home"
cd "$work/package"
/usr/bin/cargo build --offline --quiet --target-dir "$work" \
    --config 'source.crates-io.replace-with="debian"' \
    --config 'source.debian.directory="/usr/share/cargo/registry"'
