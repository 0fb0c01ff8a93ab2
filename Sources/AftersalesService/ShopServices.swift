// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
package import AftersalesStore
package import TTRPC

/// All services of the desk over one store.
package struct ShopServices: Sendable {
    private let desk: Desk

    /// Serves from a store, to peers with these roles.
    package init(store: Store, assignment: RoleAssignment) {
        desk = Desk(store: store, assignment: assignment)
    }

    /// Adds every method of the contract; those not built yet answer UNIMPLEMENTED.
    package func register(in registry: inout ServiceRegistry) {
        OrderDesk(desk: desk).register(in: &registry)
        WarehouseDesk(desk: desk).register(in: &registry)
        MessageDesk(desk: desk).register(in: &registry)
        RefundDesk(desk: desk).register(in: &registry)
        PaymentDesk(desk: desk).register(in: &registry)
        PolicyDesk(desk: desk).register(in: &registry)
        Unbuilt.Cart().register(in: &registry)
        Unbuilt.Seller().register(in: &registry)
        Unbuilt.ReturnCenter().register(in: &registry)
        Unbuilt.PaymentWorker().register(in: &registry)
        Unbuilt.SmsWorker().register(in: &registry)
        Unbuilt.Event().register(in: &registry)
        Unbuilt.Admin().register(in: &registry)
    }
}

/// Services whose every method still answers UNIMPLEMENTED, by the generated defaults.
private enum Unbuilt {
    struct Cart: CartServiceHandler {}
    struct Seller: SellerServiceHandler {}
    struct ReturnCenter: ReturnCenterServiceHandler {}
    struct PaymentWorker: PaymentWorkerServiceHandler {}
    struct SmsWorker: SmsWorkerServiceHandler {}
    struct Event: EventServiceHandler {}
    struct Admin: AdminServiceHandler {}
}
