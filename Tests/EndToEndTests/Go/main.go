// SPDX-License-Identifier: Apache-2.0

// An independent client: containerd's ttrpc with messages that gogoprotobuf generates from proto/.
// Prints one line per result, which the test compares.
package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"time"

	aftersales "aftersales/v1"

	"github.com/containerd/ttrpc"
	"github.com/gogo/protobuf/proto"
	"github.com/gogo/protobuf/types"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/status"
)

const service = "aftersales.v1.OrderService"

type desk struct{ client *ttrpc.Client }

func (d desk) call(method string, request, response proto.Message) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return d.client.Call(ctx, service, method, request, response)
}

func (d desk) must(method string, request, response proto.Message) {
	if err := d.call(method, request, response); err != nil {
		fail(method, err)
	}
}

func fail(what string, err error) {
	fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
	os.Exit(1)
}

func eur(cents int64) *aftersales.Money {
	return &aftersales.Money{CurrencyCode: "EUR", MinorUnits: cents}
}

func line(id string, cents, quantity int64) *aftersales.OrderLineIntake {
	return &aftersales.OrderLineIntake{
		LineId: id, Sku: "SKU-" + id, Title: "Title of " + id,
		Kind:     aftersales.ItemKind_ITEM_KIND_PHYSICAL,
		Quantity: quantity, UnitListPrice: eur(cents),
	}
}

func order() *aftersales.ImportOrderRequest {
	return &aftersales.ImportOrderRequest{
		RequestId:       "6f1c3c1e-5b0a-4f3e-9d1d-0a4a4c1f0001",
		ExternalOrderId: "go-1", CustomerId: "gopher", Locale: "en",
		PlacedTime: &types.Timestamp{Seconds: 1767225600}, CurrencyCode: "EUR",
		Lines: []*aftersales.OrderLineIntake{line("cup", 2450, 2), line("pot", 5100, 1)},
		Totals: &aftersales.OrderTotals{
			OrderDiscount: eur(1000), Shipping: eur(600), GrandTotal: eur(9600),
		},
		Tenders: []*aftersales.TenderIntake{{
			ExternalTenderId: "card", TenderClass: aftersales.TenderClass_TENDER_CLASS_CARD,
			Channel:     aftersales.TenderChannel_TENDER_CHANNEL_ONLINE,
			Institution: "VISA", Token: "tok", Brand: "Visa", Last4: "4242",
			Amount: eur(9600), Authorized: eur(9600), Captured: eur(9600),
		}},
	}
}

func printOrder(o *aftersales.Order) {
	fmt.Printf("order %s %s %s\n", o.ExternalOrderId, o.State, o.PaymentState)
	for _, u := range o.Units {
		fmt.Printf("units %s %d+%d %s total %d\n",
			u.LineId, u.FirstUnit, u.Count, u.State, u.Unit.Total)
	}
}

func printError(err error) {
	s, ok := status.FromError(err)
	if !ok {
		fail("no status", err)
	}
	fmt.Printf("error %s\n", s.Code())
	for _, detail := range s.Details() {
		switch d := detail.(type) {
		case *errdetails.ErrorInfo:
			fmt.Printf("info %s %s\n", d.Reason, d.Domain)
		case *errdetails.BadRequest:
			for _, v := range d.FieldViolations {
				fmt.Printf("violation %s\n", v.Field)
			}
		}
	}
	// Details of our own package are not in the registry that grpc asks.
	for _, any := range s.Proto().Details {
		if any.TypeUrl != "type.googleapis.com/aftersales.v1.LineRefusals" {
			continue
		}
		var refusals aftersales.LineRefusals
		if err := proto.Unmarshal(any.Value, &refusals); err != nil {
			fail("LineRefusals", err)
		}
		for _, l := range refusals.Lines {
			fmt.Printf("refused %s quantity %d open %d %s\n", l.LineId, l.Quantity, l.Open, l.Reason)
		}
	}
}

func (d desk) cancel(request *aftersales.CancelItemsRequest) []byte {
	var response aftersales.CancelItemsResponse
	d.must("CancelItems", request, &response)
	bytes, err := proto.Marshal(&response)
	if err != nil {
		fail("CancelItems", err)
	}
	c := response.Confirmation
	for _, u := range c.Canceled {
		fmt.Printf("canceled %s %d+%d amount %d\n",
			u.LineId, u.FirstUnit, u.Count, u.Amount.MinorUnits)
	}
	for _, r := range c.Refunds {
		fmt.Printf("refund %s %s %d %s\n", r.Brand, r.Last4, r.Amount.MinorUnits, r.State)
	}
	fmt.Printf("now %s partially %v\n", response.OrderState, response.PartiallyCanceled)
	return bytes
}

func main() {
	connection, err := net.Dial("unix", os.Args[1])
	if err != nil {
		fail("connect", err)
	}
	d := desk{ttrpc.NewClient(connection)}
	defer d.client.Close()

	var imported aftersales.ImportOrderResponse
	d.must("ImportOrder", order(), &imported)
	id := imported.Order.OrderId
	customer := &aftersales.OnBehalfOf{Party: &aftersales.OnBehalfOf_CustomerId{CustomerId: "gopher"}}

	var got aftersales.GetOrderResponse
	d.must("GetOrder", &aftersales.GetOrderRequest{OrderId: id, OnBehalfOf: customer}, &got)
	printOrder(got.Order)

	cancel := &aftersales.CancelItemsRequest{
		RequestId:  "6f1c3c1e-5b0a-4f3e-9d1d-0a4a4c1f0002",
		OnBehalfOf: customer, OrderId: id,
		Selection: []*aftersales.LineSelection{{LineId: "cup", Quantity: 1}},
		Reason:    aftersales.CancelReason_CANCEL_REASON_CHANGED_MIND,
	}
	first := d.cancel(cancel)
	fmt.Printf("repeat is the same: %v\n", bytes.Equal(first, d.cancel(cancel)))

	cancel.RequestId = "6f1c3c1e-5b0a-4f3e-9d1d-0a4a4c1f0003"
	cancel.Selection[0].Quantity = 2
	printError(d.call("CancelItems", cancel, &aftersales.CancelItemsResponse{}))
	cancel.RequestId = "not a UUID"
	printError(d.call("CancelItems", cancel, &aftersales.CancelItemsResponse{}))
}
