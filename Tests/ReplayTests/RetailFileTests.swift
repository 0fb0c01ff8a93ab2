// SPDX-License-Identifier: Apache-2.0

import Replay
import Testing

@Suite struct PriceTextTests {
    @Test(arguments: [
        ("6.95", PriceText.pence(695)), ("2.1", .pence(210)), ("3", .pence(300)),
        ("0.0", .pence(0)), ("2.100", .pence(210)), ("10953.5", .pence(1_095_350)),
        ("-53594.36", .pence(-5_359_436)), ("0.001", .finerThanAPenny),
        ("1.999", .finerThanAPenny), ("5.", .pence(500)), ("-0.001", .pence(-1)),
        ("9999999999999", .pence(999_999_999_999_900)),
    ])
    func `is exact to the penny`(text: String, expected: PriceText) {
        #expect(PriceText(text) == expected)
    }

    @Test(arguments: ["", "-", ".5", "1e3", "1,5", "£5", "1.2.3", "--1", "10000000000000"])
    func `other text is no price`(text: String) {
        #expect(PriceText(text) == nil)
    }
}

@Suite struct InvoiceDateTests {
    @Test(arguments: [
        ("1970-01-01 00:00:00", 0), ("2009-12-01 07:45:00", 1_259_653_500),
        ("2012-02-29 23:59:59", 1_330_559_999), ("2010-05-31 12:00", 1_275_307_200),
        ("2000-03-01 00:00:00", 951_868_800),
    ])
    func `is seconds since 1970`(text: String, seconds: Int64) {
        #expect(InvoiceDate(text)?.secondsSince1970 == seconds)
    }

    @Test(arguments: ["", "2009-12-01", "2009-13-01 00:00", "2009-12-01 24:00", "1/12/2009 7:45"])
    func `other text is no date`(text: String) {
        #expect(InvoiceDate(text) == nil)
    }
}

@Suite struct RetailFileTests {
    @Test(arguments: [
        ("489434,A,T,1,2010-01-01 07:45:00,1.25,,United Kingdom", Omission.noCustomer),
        ("A506401,B,T,1,2010-01-01 07:45:00,-53594.36,,United Kingdom", .noCustomer),
        ("489434,A,T,1,2010-01-01 07:45:00,0.0,13085.0,United Kingdom", .priceNotPositive),
        ("489434,A,T,1,2010-01-01 07:45:00,-1.0,13085.0,United Kingdom", .priceNotPositive),
        ("489434,A,T,1,2010-01-01 07:45:00,0.001,13085.0,United Kingdom", .priceFinerThanAPenny),
        ("489434,A,T,0,2010-01-01 07:45:00,1.25,13085.0,United Kingdom", .quantityNotPositive),
        ("489434,A,T,-1,2010-01-01 07:45:00,1.25,13085.0,United Kingdom", .quantityNotPositive),
        ("C489434,A,T,1,2010-01-01 07:45:00,1.25,13085.0,United Kingdom", .quantityNotPositive),
        ("489434,A,T,1000001,2010-01-01 07:45:00,1.25,13085.0,UK", .unreadable),
        ("489434,A,T,one,2010-01-01 07:45:00,1.25,13085.0,United Kingdom", .unreadable),
        ("489434,A,T,1,yesterday,1.25,13085.0,United Kingdom", .unreadable),
        ("489434,A,T,1,2010-01-01 07:45:00,1.25,13085.0", .unreadable),
        ("C489434,A,T,-1,2010-01-01 07:45:00,1.25,13085.0,United Kingdom", .nothingToCancel),
    ])
    func `a row that cannot be replayed is counted under its reason`(
        line: String, reason: Omission
    ) throws {
        let plan = try Shop.plan(line)
        #expect(plan.omitted == [reason: 1])
        #expect(plan.totals == ReplayPlan.Totals())
    }

    @Test func `a line of a million units is read`() throws {
        #expect(try Shop.plan(Shop.line("1", 1_000_000)).totals.units == 1_000_000)
    }

    @Test func `columns are found by name, in any order`() throws {
        var file = RetailFile()
        let text =
            "Customer ID,Price,InvoiceDate,Quantity,Description,StockCode,Invoice\r\n"
            + "13085.0,2.1,2010-01-01 07:45:00,3,\"A, B\",84029E,489434\r\n"
        try file.read(Array(text.utf8))
        try file.finish()
        let row = try #require(file.rows.first)
        #expect(row.invoice == "489434" && row.stockCode == "84029E" && row.customer == "13085")
        #expect(row.description == "A, B" && row.units == 3 && row.amount == 630)
    }

    @Test func `a header without the layout's columns is refused by name`() {
        var file = RetailFile()
        #expect(throws: RetailFile.Failure.missingColumns(["Invoice", "Price"])) {
            try file.read(
                Array("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,Customer ID\n".utf8))
        }
    }

    @Test func `an empty file is refused`() {
        var file = RetailFile()
        #expect(throws: RetailFile.Failure.empty) { try file.finish() }
    }
}
