// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/containerd/ttrpc"
	"github.com/gogo/protobuf/types"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// The largest bytes field of a BytesValue whose Response frame is exactly 4 MiB.
const largest = 4<<20 - 10

type probe struct{ client *ttrpc.Client }

func (p probe) within(limit time.Duration, method string, in, out interface{}) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	return p.client.Call(ctx, service, method, in, out)
}

func (p probe) call(method string, in, out interface{}) error {
	return p.within(2*time.Minute, method, in, out)
}

func show(what string, err error) {
	s, ok := status.FromError(err)
	if err == nil {
		fmt.Printf("%s ok\n", what)
		return
	}
	if !ok {
		fail(what, err)
	}
	fmt.Printf("%s %s\n", what, s.Code())
}

func (p probe) echo(content []byte) error {
	var out types.BytesValue
	if err := p.call("Echo", &types.BytesValue{Value: content}, &out); err != nil {
		return err
	}
	if !bytes.Equal(content, out.Value) {
		fail("Echo", errors.New("other bytes came back"))
	}
	return nil
}

func (p probe) failures() {
	err := p.call("Fail", &types.Int32Value{Value: int32(codes.NotFound)}, &types.Empty{})
	s, ok := status.FromError(err)
	if !ok || err == nil {
		fail("Fail", err)
	}
	fmt.Printf("fail %s: %s\n", s.Code(), s.Message())
	for _, detail := range s.Details() {
		if info, ok := detail.(*errdetails.ErrorInfo); ok {
			fmt.Printf("info %s %s %v\n", info.Reason, info.Domain, info.Metadata)
		}
	}
	show("unknown code", p.call("Fail", &types.Int32Value{Value: 99}, &types.Empty{}))
	show("code 0", p.call("Fail", &types.Int32Value{}, &types.Empty{}))
	show("no method", p.call("Nope", &types.Empty{}, &types.Empty{}))
	show("no service", p.client.Call(
		context.Background(), "no.Such", "Echo", &types.Empty{}, &types.Empty{}))
}

func (p probe) metadata() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	md := ttrpc.MD{}
	md.Append("Key", "first", "second \"quoted\"")
	ctx = ttrpc.WithMetadata(ctx, md)
	var out types.StringValue
	if err := p.client.Call(ctx, service, "Meta", &types.Empty{}, &out); err != nil {
		fail("Meta", err)
	}
	var seen struct {
		Metadata map[string][]string `json:"metadata"`
		Deadline int64               `json:"deadline_ms"`
	}
	if err := json.Unmarshal([]byte(out.Value), &seen); err != nil {
		fail("Meta", err)
	}
	fmt.Printf("metadata %q, within the minute: %v\n",
		seen.Metadata, seen.Deadline > 0 && seen.Deadline <= 60000)
}

func (p probe) sizes() {
	var out types.BytesValue
	show("largest reply", p.call("Big", &types.Int64Value{Value: largest}, &out))
	fmt.Printf("its bytes %d\n", len(out.Value))
	show("larger reply", p.call("Big", &types.Int64Value{Value: largest + 1}, &out))
	// Request: names and a timeout of at most 7 bytes stand before or behind the payload.
	show("large request", p.echo(make([]byte, largest-64)))
	show("oversize request", p.echo(make([]byte, 4<<20)))
	show("after it", p.echo([]byte("still here")))
}

func (p probe) deadline() {
	var out types.StringValue
	err := p.within(50*time.Millisecond, "Sleep", &types.Int64Value{Value: 600000}, &out)
	// The client's own clock and the server's answer race; both say the same.
	isLate := errors.Is(err, context.DeadlineExceeded) ||
		status.Code(err) == codes.DeadlineExceeded
	fmt.Printf("deadline %v\n", isLate)
	if err := p.call("Sleep", &types.Int64Value{Value: 1}, &out); err != nil {
		fail("Sleep", err)
	}
	fmt.Println(out.Value)
}

func check(client *ttrpc.Client) {
	p := probe{client}
	show("echo", p.echo([]byte("hello")))
	show("empty echo", p.echo(nil))
	p.failures()
	p.metadata()
	p.sizes()
	p.deadline()
	client.Close()
}
