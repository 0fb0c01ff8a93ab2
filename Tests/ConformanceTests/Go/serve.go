// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/containerd/ttrpc"
	"github.com/gogo/protobuf/types"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func echo(_ context.Context, unmarshal func(interface{}) error) (interface{}, error) {
	var in types.BytesValue
	return &in, unmarshal(&in)
}

func sleep(ctx context.Context, unmarshal func(interface{}) error) (interface{}, error) {
	var in types.Int64Value
	if err := unmarshal(&in); err != nil {
		return nil, err
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(time.Duration(in.Value) * time.Millisecond):
		return &types.StringValue{Value: fmt.Sprintf("slept %d ms", in.Value)}, nil
	}
}

func failing(_ context.Context, unmarshal func(interface{}) error) (interface{}, error) {
	var in types.Int32Value
	if err := unmarshal(&in); err != nil {
		return nil, err
	}
	if in.Value == 0 {
		return &types.Empty{}, nil
	}
	s, err := status.New(codes.Code(in.Value), "failed as asked").WithDetails(
		&errdetails.ErrorInfo{
			Reason: "ASKED_FOR", Domain: service,
			Metadata: map[string]string{"code": strconv.Itoa(int(in.Value))},
		})
	if err != nil {
		return nil, err
	}
	return nil, s.Err()
}

func meta(ctx context.Context, unmarshal func(interface{}) error) (interface{}, error) {
	var in types.Empty
	if err := unmarshal(&in); err != nil {
		return nil, err
	}
	seen := map[string]interface{}{}
	if md, ok := ttrpc.GetMetadata(ctx); ok {
		seen["metadata"] = md
	}
	if deadline, ok := ctx.Deadline(); ok {
		seen["deadline_ms"] = time.Until(deadline).Milliseconds()
	}
	text, err := json.Marshal(seen)
	return &types.StringValue{Value: string(text)}, err
}

func big(_ context.Context, unmarshal func(interface{}) error) (interface{}, error) {
	var in types.Int64Value
	if err := unmarshal(&in); err != nil {
		return nil, err
	}
	return &types.BytesValue{Value: make([]byte, in.Value)}, nil
}

func serve(path string) {
	server, err := ttrpc.NewServer()
	if err != nil {
		fail("server", err)
	}
	server.Register(service, map[string]ttrpc.Method{
		"Echo": echo, "Sleep": sleep, "Fail": failing, "Meta": meta, "Big": big,
	})
	listener, err := net.Listen("unix", path)
	if err != nil {
		fail("listen", err)
	}
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM)
	go func() {
		<-ended
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = server.Shutdown(ctx)
		os.Exit(0)
	}()
	if err := server.Serve(context.Background(), listener); err != ttrpc.ErrServerClosed {
		fail("serve", err)
	}
	// Shutdown ends the process.
	select {}
}
