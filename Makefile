# SPDX-License-Identifier: Apache-2.0
# The front door. `make` alone prints what there is.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:

SWIFT ?= swift
PREFIX ?= /usr
DESTDIR ?=
DATA ?=

# What each target needs of Debian's packages.
BUILD_PACKAGES := git libprotobuf-c-dev libsqlite3-dev pkg-config
PROTO_PACKAGES := libprotobuf-dev protobuf-c-compiler protobuf-compiler
TEST_PACKAGES := $(PROTO_PACKAGES) golang-go golang-github-containerd-ttrpc-dev gogoprotobuf \
	cargo librust-ttrpc-dev
BENCH_PACKAGES := strace

# The Swift runtime is linked in, so that a release needs only Debian's libraries.
RELEASE := -c release --static-swift-stdlib

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps:
	@scripts/install-packages.sh $(BUILD_PACKAGES)

deps-test:
	@scripts/install-packages.sh $(BUILD_PACKAGES) $(TEST_PACKAGES)

deps-bench:
	@scripts/install-packages.sh $(BUILD_PACKAGES) $(BENCH_PACKAGES)

deps-proto:
	@scripts/install-packages.sh $(BUILD_PACKAGES) $(PROTO_PACKAGES)

build: deps ## build the daemon and its command line, optimized, into .build/release
	$(SWIFT) build $(RELEASE) --product aftersalesd
	$(SWIFT) build $(RELEASE) --product aftersalesctl

demo: build ## watch orders being canceled under the policy
	$(SWIFT) build $(RELEASE) --product aftersales-demo
	.build/release/aftersales-demo --daemon .build/release/aftersalesd

test: deps-test ## run the tests
	scripts/test.sh

bench: deps-bench build ## measure ours against floors taken in the same run
	scripts/bench.sh

replay: build ## replay a real shop's orders: make replay DATA=FILE (CSV or gzip)
	@test -n "$(DATA)" || { echo "usage: make replay DATA=online_retail_II.csv[.gz]" >&2; exit 64; }
	$(SWIFT) build $(RELEASE) --product aftersales-replay
	.build/release/aftersales-replay --daemon .build/release/aftersalesd "$(DATA)"

proto: deps-proto ## write the generated code anew from proto/
	scripts/generate.sh

format: ## format the Swift sources in place
	scripts/format.sh --in-place

check: deps-proto ## lint, house rules, generated code is what the generator writes
	scripts/format.sh --lint
	scripts/check-house-rules.sh
	scripts/check-generated.sh

fuzz: deps ## fuzz the frames and the envelopes, SECONDS_EACH=60 each
	scripts/fuzz.sh

campaign: deps-test ## the long checks: a thousand SIGKILLs, ten thousand races, the sanitizers
	scripts/campaign.sh

install: ## install into DESTDIR and PREFIX (after make build)
	install -D -m 0755 .build/release/aftersalesd $(DESTDIR)$(PREFIX)/libexec/aftersalesd
	install -D -m 0755 .build/release/aftersalesctl $(DESTDIR)$(PREFIX)/bin/aftersalesctl
	install -D -m 0644 systemd/aftersalesd.service $(DESTDIR)$(PREFIX)/lib/systemd/system/aftersalesd.service
	sed -i 's#/usr/libexec/aftersalesd#$(PREFIX)/libexec/aftersalesd#g' $(DESTDIR)$(PREFIX)/lib/systemd/system/aftersalesd.service
	install -D -m 0644 systemd/aftersalesd.socket $(DESTDIR)$(PREFIX)/lib/systemd/system/aftersalesd.socket
	[ -e $(DESTDIR)/etc/aftersales/aftersalesd.yaml ] || \
		install -D -m 0644 systemd/aftersalesd.yaml $(DESTDIR)/etc/aftersales/aftersalesd.yaml
	install -D -m 0644 systemd/aftersales.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/aftersales.conf
	install -D -m 0644 systemd/aftersales.tmpfiles $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/aftersales.conf

clean: ## remove what was built
	rm -rf .build .build-* Benchmarks/.build

.PHONY: help deps deps-test deps-bench deps-proto build demo test bench replay proto format check fuzz campaign install clean
