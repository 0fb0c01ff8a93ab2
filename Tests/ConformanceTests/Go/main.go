// SPDX-License-Identifier: Apache-2.0

// A peer from containerd's ttrpc for the service ttrpcprobe.v1.Echo, as client and as server:
//
//	go-peer check SOCKET                            one line per result, which a test compares
//	go-peer crowd SOCKET CALLERS CALLS              many callers on one connection
//	go-peer measure SOCKET CALLERS CALLS BYTES      nanoseconds: of each call with one caller,
//	                                                of all calls with more
//	go-peer serve --socket SOCKET                   until SIGTERM
package main

import (
	"fmt"
	"net"
	"os"
	"strconv"

	"github.com/containerd/ttrpc"
)

const service = "ttrpcprobe.v1.Echo"

func fail(what string, err error) {
	fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
	os.Exit(1)
}

func connect(path string) *ttrpc.Client {
	connection, err := net.Dial("unix", path)
	if err != nil {
		fail("connect", err)
	}
	return ttrpc.NewClient(connection)
}

func number(text string) int {
	value, err := strconv.Atoi(text)
	if err != nil {
		fail("number", err)
	}
	return value
}

func main() {
	a := os.Args[1:]
	switch {
	case len(a) == 2 && a[0] == "check":
		check(connect(a[1]))
	case len(a) == 4 && a[0] == "crowd":
		crowd(connect(a[1]), number(a[2]), number(a[3]))
	case len(a) == 5 && a[0] == "measure":
		measure(connect(a[1]), number(a[2]), number(a[3]), number(a[4]))
	case len(a) == 3 && a[0] == "serve" && a[1] == "--socket":
		serve(a[2])
	default:
		fmt.Fprintln(os.Stderr, "usage: go-peer check|crowd|measure|serve ...")
		os.Exit(64)
	}
}
