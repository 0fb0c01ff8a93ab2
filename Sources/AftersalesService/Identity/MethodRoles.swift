// SPDX-License-Identifier: Apache-2.0

package import TTRPC

/// Which roles may call which method: the one table of authorization.
///
/// The proto's comments say the same to readers (`Roles: …`), and a test holds the two together.
package enum MethodRoles {
    /// The roles of a method; nil for one that is not in the contract.
    ///
    /// Looked up on every call, so it joins no names.
    package static func roles(of method: MethodDescriptor) -> RoleSet? {
        byService[method.service]?[method.name]
    }

    /// Whether a method tells of the contract itself.
    package static func isReflection(_ method: MethodDescriptor) -> Bool {
        method.service == "grpc.reflection.v1.ServerReflection"
            || method.service == "ttrpc.reflection.v1.Reflection"
    }

    /// Methods in the table.
    package static var count: Int { byService.values.reduce(0) { $0 + $1.count } }

    private static let byService: [String: [String: RoleSet]] = Dictionary(
        uniqueKeysWithValues: table.map { service, methods in
            ("aftersales.v1." + service, methods.mapValues { RoleSet($0) })
        })

    /// Everyone but sellers, who would see other sellers' events.
    private static let feedReaders: [Role] = [
        .storefront, .warehouse, .payment, .paymentWorker, .smsWorker, .support, .admin,
    ]

    private static let table: [String: [String: [Role]]] = [
        "OrderService": [
            "ImportOrder": [.storefront],
            "GetOrder": [.storefront, .support],
            "ListOrders": [.storefront, .support],
            "GetCancelOptions": [.storefront, .support],
            "PreviewCancel": [.storefront, .support],
            "CancelItems": [.storefront, .support],
            "TrackPackage": [.storefront, .support],
            "CancelDelivery": [.storefront, .support],
            "CancelAsShop": [.support, .admin],
        ],
        "CartService": [
            "GetCart": [.storefront, .support],
            "PutItem": [.storefront, .support],
            "PutBundle": [.storefront, .support],
            "RemoveItem": [.storefront, .support],
            "RemoveBundle": [.storefront, .support],
            "ClearCart": [.storefront, .support],
            "PlaceOrder": [.storefront, .support],
            "ReaddCanceled": [.storefront, .support],
        ],
        "SellerService": [
            "RequestCancellation": [.storefront, .support],
            "WithdrawCancellationRequest": [.storefront, .support],
            "GetCancellationRequest": [.storefront, .seller, .support],
            "ListCancellationRequests": [.storefront, .seller, .support],
            "DecideCancellationRequest": [.seller],
            "CancelAsSeller": [.seller],
        ],
        "WarehouseService": [
            "BeginShipping": [.warehouse, .seller],
            "ReleaseUnits": [.warehouse, .seller],
            "ReportShipmentEvents": [.warehouse, .seller],
            "LeaseTasks": [.warehouse, .seller],
            "AckTask": [.warehouse, .seller],
            "ReceiveReturn": [.warehouse, .seller],
            "CloseShort": [.warehouse, .seller],
            "InspectReturn": [.warehouse, .seller],
            "ReportRepair": [.warehouse, .seller],
        ],
        "ReturnCenterService": [
            "GetEligibility": [.storefront, .support],
            "ListReasons": [.storefront, .seller, .support, .admin],
            "CreateServiceForm": [.storefront, .support],
            "GetServiceForm": [.storefront, .seller, .support],
            "ListServiceForms": [.storefront, .seller, .support],
            "WithdrawServiceForm": [.storefront, .support],
            "SubmitTracking": [.storefront, .support],
            "ChooseResolution": [.storefront, .support],
            "FlagServiceForm": [.support, .seller, .admin],
            "ApproveServiceForm": [.admin, .seller],
            "RejectServiceForm": [.admin, .seller],
            "ResolveInspection": [.admin, .seller],
            "ResolveLostInbound": [.admin],
            "SetWindow": [.admin],
            "ResendAddress": [.support, .admin],
        ],
        "RefundService": [
            "GetRefund": [.storefront, .support],
            "ListRefunds": [.storefront, .support],
            "QuoteRefund": [.storefront, .support],
            "CreateRefund": [.admin],
            "ApproveRefund": [.admin],
            "DenyRefund": [.admin],
            "CancelRefund": [.admin],
            "ChooseAlternate": [.storefront, .support],
            "ConfirmManual": [.admin],
            "GetCreditMemo": [.storefront, .support],
            "GetStoreCredit": [.storefront, .support],
        ],
        "PaymentService": [
            "ReportTender": [.storefront, .payment, .paymentWorker]
        ],
        "PaymentWorkerService": [
            "LeaseTasks": [.paymentWorker],
            "ExtendLease": [.paymentWorker],
            "ReleaseLease": [.paymentWorker],
            "ReportOutcome": [.paymentWorker],
            "ReportReturnedFunds": [.paymentWorker],
            "ReportChargeback": [.paymentWorker],
            "ImportSettlement": [.paymentWorker],
        ],
        "SmsWorkerService": [
            "LeaseMessages": [.smsWorker],
            "ReportOutcome": [.smsWorker],
        ],
        "MessageService": [
            "ListMessages": [.storefront, .seller, .support],
            "MarkRead": [.storefront, .seller, .support],
            "SendToSeller": [.storefront, .support],
            "ReplyAsSeller": [.seller],
        ],
        "EventService": [
            "ReadEvents": feedReaders,
            "WatchEvents": feedReaders,
            "GetHead": feedReaders,
            "SaveCursor": feedReaders,
        ],
        "PolicyService": [
            "GetPolicy": [.storefront, .seller, .warehouse, .payment, .support, .admin],
            "PutPolicy": [.admin],
            "PutAddress": [.admin],
            "ListAddresses": [.support, .admin],
            "PutReason": [.admin],
            "PutTemplate": [.admin],
            "PutInstitutionRule": [.admin],
            "ListInstitutionRules": [.paymentWorker, .support, .admin],
            "PutHolidays": [.admin],
        ],
        "AdminService": [
            "ListIncidents": [.support, .admin],
            "ResolveIncident": [.support, .admin],
            "GetLedger": [.support, .admin],
            "GetTrialBalance": [.support, .admin],
            "Verify": [.support, .admin],
            "GetStats": [.support, .admin],
            "Backup": [.admin],
            "RedactCustomer": [.admin],
        ],
    ]
}
