// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import ProtobufC

/// A request that changes something: it carries the key of its effect.
protocol KeyedRequest: Message {
    /// UUID text, made by the caller; the same key with the same content has its effect once.
    var requestID: String { get set }
    /// The version of the addressed aggregate that the caller has seen; 0 = not given.
    var expectedVersion: Int64 { get set }
}

extension KeyedRequest {
    /// Requests that address no single aggregate have none.
    var expectedVersion: Int64 {
        get { 0 }
        set {}
    }

    /// What the request asks for: all of it but its key and the version its caller has seen.
    ///
    /// Unknown fields are gone already: they did not survive decoding.
    var content: Self {
        var content = self
        content.requestID = ""
        content.expectedVersion = 0
        return content
    }
}

extension ImportOrderRequest: KeyedRequest {}
extension CancelItemsRequest: KeyedRequest {}
extension BeginShippingRequest: KeyedRequest {}
extension ReportShipmentEventsRequest: KeyedRequest {}
extension LeaseWarehouseTasksRequest: KeyedRequest {}
extension AckTaskRequest: KeyedRequest {}
extension MarkReadRequest: KeyedRequest {}
extension ReportTenderRequest: KeyedRequest {}
