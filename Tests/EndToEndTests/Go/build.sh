#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Builds the independent client from Debian's packages alone: nothing is downloaded.
# Usage: build.sh PROTO_FOLDER WORK_FOLDER; leaves WORK_FOLDER/client and what Go compiled.
set -eu
proto=$1
work=$2
source=$(dirname "$0")/main.go

well_known=github.com/gogo/protobuf/types
map=Mgoogle/protobuf/timestamp.proto=$well_known
map=$map,Mgoogle/protobuf/duration.proto=$well_known
map=$map,Mgoogle/protobuf/any.proto=$well_known
map=$map,Mgoogle/protobuf/empty.proto=$well_known
map=$map,Mgoogle/protobuf/descriptor.proto=github.com/gogo/protobuf/protoc-gen-gogo/descriptor

rm -rf "$work/path"
mkdir -p "$work/path/src/client" "$work/cache"
# Each package is a run of its own: the files of one run are taken for one package.
for files in ttrpc/options.proto "aftersales/v1/*.proto"; do
    # shellcheck disable=SC2086 # the second is a pattern
    (cd "$proto" && protoc -I. --gogo_out="$map:$work/path/src" $files)
done
cp "$source" "$work/path/src/client/main.go"

export GO111MODULE=off GOFLAGS= GOTOOLCHAIN=local CGO_ENABLED=0
export GOPATH="$work/path:/usr/share/gocode" GOCACHE="$work/cache"
go build -p 2 -o "$work/client" client
