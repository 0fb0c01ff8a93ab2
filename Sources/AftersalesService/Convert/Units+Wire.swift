// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI

extension AftersalesAPI.UnitAmount {
    init(_ units: Aftersales.UnitAmount, _ currency: Currency) {
        self.init(
            lineID: units.lineID, firstUnit: Int64(units.first), count: Int64(units.count),
            amount: Money(units.amount, currency))
    }
}

extension UnitSpan {
    init(_ run: UnitRun, of order: Aftersales.Order) {
        self.init(
            lineID: order.lines[run.line].lineID, firstUnit: Int64(run.first),
            count: Int64(run.count))
    }
}

extension UnitRange {
    init(_ run: UnitRun, of order: Aftersales.Order) {
        let line = order.lines[run.line]
        self.init(
            lineID: line.lineID, firstUnit: Int64(run.first), count: Int64(run.count),
            state: AftersalesAPI.UnitState(run.state),
            unit: UnitAmounts(run, line: line, order.currency),
            refundableTotal: Money(run.refundableTotal, order.currency),
            shipmentID: run.shipment?.text ?? "",
            deliveredTime: run.deliveredAt.map { Timestamp($0) })
    }
}

extension UnitAmounts {
    fileprivate init(_ run: UnitRun, line: Aftersales.OrderLine, _ currency: Currency) {
        self.init(
            currencyCode: currency.code, listPrice: line.unitListPrice,
            discount: line.unitListPrice - run.net, net: run.net, tax: run.tax,
            total: run.allocated, shippingShare: run.shippingShare, refunded: run.refunded,
            fee: run.fee)
    }
}
