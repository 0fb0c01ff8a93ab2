#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Builds the peer in Go from Debian's packages alone: nothing is downloaded.
# Usage: build.sh WORK_FOLDER; leaves WORK_FOLDER/go-peer and what Go compiled.
set -eu
work=$1
source=$(dirname "$0")

rm -rf "$work/path"
mkdir -p "$work/path/src/go-peer" "$work/cache"
cp "$source"/*.go "$work/path/src/go-peer/"

export GO111MODULE=off GOFLAGS= GOTOOLCHAIN=local CGO_ENABLED=0
export GOPATH="$work/path:/usr/share/gocode" GOCACHE="$work/cache"
go build -p 2 -o "$work/go-peer" go-peer
