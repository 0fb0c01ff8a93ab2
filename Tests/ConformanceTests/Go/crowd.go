// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/containerd/ttrpc"
	"github.com/gogo/protobuf/types"
)

// inParallel shares calls out over callers and waits for all of them.
func inParallel(callers, calls int, one func(call int) error) {
	var wait sync.WaitGroup
	for caller := 0; caller < callers; caller++ {
		wait.Add(1)
		go func(caller int) {
			defer wait.Done()
			for call := caller; call < calls; call += callers {
				if err := one(call); err != nil {
					fail(fmt.Sprint("call ", call), err)
				}
			}
		}(caller)
	}
	wait.Wait()
}

func crowd(client *ttrpc.Client, callers, calls int) {
	p := probe{client}
	inParallel(callers, calls, func(call int) error {
		// Lengths from nothing to more than a socket's buffer, all of them different bytes.
		content := make([]byte, call*7919%300000)
		for i := range content {
			content[i] = byte(call + i)
		}
		return p.echo(content)
	})
	fmt.Printf("%d callers, %d calls\n", callers, calls)
	client.Close()
}

func measure(client *ttrpc.Client, callers, calls, size int) {
	request := &types.BytesValue{Value: make([]byte, size)}
	call := func(int) error {
		var out types.BytesValue
		return client.Call(context.Background(), service, "Echo", request, &out)
	}
	if callers == 1 {
		times := make([]int64, calls)
		for i := range times {
			start := time.Now()
			if err := call(i); err != nil {
				fail("Echo", err)
			}
			times[i] = time.Since(start).Nanoseconds()
		}
		for _, nanoseconds := range times {
			fmt.Fprintln(os.Stdout, nanoseconds)
		}
		return
	}
	start := time.Now()
	inParallel(callers, calls, call)
	fmt.Println(time.Since(start).Nanoseconds())
}
