// SPDX-License-Identifier: Apache-2.0

extension OrderIntake {
    /// Refuses what is wrong whatever the state: shapes first, then references, then amounts.
    func check() throws(Rejection) {
        try checkHeader()
        try checkLines()
        try checkBundles()
        try checkTenders()
        try checkTotals()
    }

    private func checkHeader() throws(Rejection) {
        try Check.opaqueID(externalID, field: "external_order_id")
        try Check.opaqueID(customerID, field: "customer_id")
        try Check.length(locale, max: OrderLimits.localeBytesMax, field: "locale")
        try Check.length(phone ?? "", max: OrderLimits.phoneBytesMax, field: "phone")
        try Check.length(note, max: OrderLimits.noteBytesMax, field: "note")
        try PANScan.require(note, field: "note")
        if lines.isEmpty { throw .fieldRequired(field: "lines") }
        try Check.count(lines.count, max: OrderLimits.lineCountMax, field: "lines")
        try Check.count(bundles.count, max: OrderLimits.bundleCountMax, field: "bundles")
        try Check.count(tenders.count, max: OrderLimits.tenderCountMax, field: "tenders")
    }

    private func checkLines() throws(Rejection) {
        var seen: Set<String> = []
        for (index, line) in lines.enumerated() {
            let path = "lines[\(index)]"
            try Check.opaqueID(line.lineID, field: path + ".line_id")
            try Check.opaqueID(line.sku, field: path + ".sku")
            try Check.length(line.title, max: OrderLimits.titleBytesMax, field: path + ".title")
            if let seller = line.sellerID {
                try Check.opaqueID(seller, field: path + ".seller_id")
            }
            if let group = line.bundle?.group {
                try Check.opaqueID(group, field: path + ".bundle_group")
            }
            try Check.quantity(line.quantity, field: path + ".quantity")
            try Check.amount(line.unitListPrice, field: path + ".unit_list_price")
            try Check.amount(line.discount, field: path + ".line_discount")
            try Check.amount(line.tax, field: path + ".line_tax")
            guard seen.insert(line.lineID).inserted else {
                throw .duplicateLine(field: path + ".line_id", lineID: line.lineID)
            }
        }
    }

    private func checkBundles() throws(Rejection) {
        var known: Set<String> = []
        for (index, bundle) in bundles.enumerated() {
            let path = "bundles[\(index)]"
            try Check.opaqueID(bundle.bundleID, field: path + ".bundle_id")
            try Check.amount(bundle.discount, field: path + ".discount")
            guard known.insert(bundle.bundleID).inserted else {
                throw .duplicate(field: path + ".bundle_id", id: bundle.bundleID)
            }
        }
        var sellers: [String: String?] = [:]
        for (index, line) in lines.enumerated() {
            guard let bundleID = line.bundle?.bundleID else { continue }
            guard known.contains(bundleID) else {
                throw .unknownBundle(field: "lines[\(index)].bundle_id", bundleID: bundleID)
            }
            if let seller = sellers[bundleID], seller != line.sellerID {
                throw .bundleSpansSellers(bundleID: bundleID)
            }
            sellers[bundleID] = .some(line.sellerID)
        }
    }

    private func checkTenders() throws(Rejection) {
        var seen: Set<String> = []
        for (index, tender) in tenders.enumerated() {
            let path = "tenders[\(index)]"
            try Check.opaqueID(tender.externalID, field: path + ".external_tender_id")
            try Check.length(
                tender.institution, max: OrderLimits.opaqueIDBytesMax, field: path + ".institution")
            try Check.length(tender.token, max: OrderLimits.tokenBytesMax, field: path + ".token")
            try Check.length(tender.brand, max: OrderLimits.brandBytesMax, field: path + ".brand")
            let last4 = tender.last4.utf8
            guard last4.isEmpty || (last4.count == 4 && last4.allSatisfy { (48...57) ~= $0 }) else {
                throw .tooLong(field: path + ".last4", bytesMax: 4)
            }
            try Check.amount(tender.amount, field: path + ".amount")
            guard tender.amount > 0 else { throw .amountNotPositive(field: path + ".amount") }
            try Check.amount(tender.authorized, field: path + ".authorized")
            try Check.amount(tender.captured, field: path + ".captured")
            guard seen.insert(tender.externalID).inserted else {
                throw .duplicate(field: path + ".external_tender_id", id: tender.externalID)
            }
            guard tender.captured <= tender.authorized, tender.authorized <= tender.amount else {
                throw .tenderState(field: path + ".authorized")
            }
        }
    }

    private func checkTotals() throws(Rejection) {
        try Check.amount(orderDiscount, field: "totals.order_discount")
        try Check.amount(orderTax, field: "totals.order_tax")
        try Check.amount(shipping, field: "totals.shipping")
        try Check.amount(shippingDiscount, field: "totals.shipping_discount")
        try Check.amount(shippingTax, field: "totals.shipping_tax")
        try Check.amount(otherCharges, field: "totals.other_charges")
        if shippingDiscount > shipping {
            throw .discountExceeds(field: "totals.shipping_discount", base: shipping)
        }
        let total = try computedTotal()
        var paid = MoneySum(field: "tenders")
        for tender in tenders { try paid.add(tender.amount) }
        guard paid.value == total else {
            throw .totalMismatch(difference: paid.value - total)
        }
        if let grandTotal, grandTotal != total {
            try Check.amount(grandTotal, field: "totals.grand_total")
            throw .totalMismatch(difference: paid.value - grandTotal)
        }
    }

    /// What the parts come to; refuses a discount above its base on the way.
    func computedTotal() throws(Rejection) -> Int64 {
        var total = MoneySum(field: "lines")
        for (index, line) in lines.enumerated() {
            var list = MoneySum(field: "lines[\(index)].unit_list_price")
            try list.add(line.unitListPrice, times: line.quantity)
            if line.discount > list.value {
                throw .discountExceeds(field: "lines[\(index)].line_discount", base: list.value)
            }
            try total.add(list.value)
        }
        for line in lines { try total.add(-line.discount) }
        try checkBundleDiscounts()
        for bundle in bundles { try total.add(-bundle.discount) }
        try checkOrderDiscount()
        try total.add(-orderDiscount)
        for line in lines { try total.add(line.tax) }
        for part in [orderTax, shipping, -shippingDiscount, shippingTax, otherCharges] {
            try total.add(part)
        }
        return total.value
    }

    private func checkBundleDiscounts() throws(Rejection) {
        var prices: [String: Int64] = [:]
        for line in lines {
            guard let bundleID = line.bundle?.bundleID else { continue }
            prices[bundleID, default: 0] += line.priceAfterDiscount
        }
        for (index, bundle) in bundles.enumerated() {
            let base = prices[bundle.bundleID] ?? 0
            if bundle.discount > base {
                throw .discountExceeds(field: "bundles[\(index)].discount", base: base)
            }
        }
    }

    /// A bundle discount falls on eligible and other lines alike, so what is left of the eligible
    /// ones is only known after allocation; here the base is what all lines leave.
    private func checkOrderDiscount() throws(Rejection) {
        let prices = lines.reduce(0) { $0 + ($1.takesOrderDiscount ? $1.priceAfterDiscount : 0) }
        let all = lines.reduce(0) { $0 + $1.priceAfterDiscount }
        let base = min(prices, all - bundles.reduce(0) { $0 + $1.discount })
        if orderDiscount > base {
            throw .discountExceeds(field: "totals.order_discount", base: base)
        }
    }
}

extension IntakeLine {
    /// The line's price less its own discount; both were checked to be in range.
    fileprivate var priceAfterDiscount: Int64 {
        unitListPrice * Int64(quantity) - discount
    }
}
