// SPDX-License-Identifier: Apache-2.0

extension MessageTemplate {
    /// The templates of policy version 1, English and Simplified Chinese.
    public static let defaults: [MessageTemplate] = [
        MessageTemplate(
            kind: .cancelConfirmed, locale: "en", title: "Cancellation of order {order}",
            body: """
                We have received your cancellation for order {order}.
                Canceled: {canceled}
                Also canceled, as part of the same bundle: {bundled}
                We have asked the warehouse to stop: {stopping}. We will tell you how that ends.
                Not canceled: {skipped}
                Shipping and other charges included: {charges}
                Refund: {refunds}
                Refund, waiting for approval: {waiting}
                Authorization released: {released}
                You were not charged. Released: {not_charged}
                """),
        MessageTemplate(
            kind: .cancelConfirmed, locale: "zh-CN", title: "订单 {order} 取消确认",
            body: """
                我们已收到您对订单 {order} 的取消申请。
                已取消:{canceled}
                同一优惠套装中一并取消:{bundled}
                已请仓库停止发货:{stopping}。结果将另行通知。
                未取消:{skipped}
                其中含运费及其他费用:{charges}
                退款:{refunds}
                退款(等待审批):{waiting}
                已释放的预授权:{released}
                您未被扣款。已释放:{not_charged}
                """),
        MessageTemplate(
            kind: .stopResult, locale: "en", title: "Items of order {order} we tried to stop",
            body: """
                Stopped and canceled: {canceled}
                Already shipped: {shipped}. Refuse the package or return it using our Online \
                Returns Center.
                Could not be stopped: {continuing}. Refuse the package or return it using our \
                Online Returns Center.
                Shipping and other charges included: {charges}
                Refund: {refunds}
                Refund, waiting for approval: {waiting}
                Authorization released: {released}
                You were not charged. Released: {not_charged}
                """),
        MessageTemplate(
            kind: .stopResult, locale: "zh-CN", title: "订单 {order} 停止发货结果",
            body: """
                已停止并取消:{canceled}
                已发货:{shipped}。您可以拒收包裹,或通过在线退货中心退货。
                未能停止:{continuing}。您可以拒收包裹,或通过在线退货中心退货。
                其中含运费及其他费用:{charges}
                退款:{refunds}
                退款(等待审批):{waiting}
                已释放的预授权:{released}
                您未被扣款。已释放:{not_charged}
                """),
        MessageTemplate(
            kind: .refundStarted, locale: "en", title: "Refund for order {order}",
            body: """
                More was charged for order {order} than was due: {amount}.
                Refund: {refunds}
                Refund, waiting for approval: {waiting}
                """),
        MessageTemplate(
            kind: .refundStarted, locale: "zh-CN", title: "订单 {order} 退款",
            body: """
                订单 {order} 多收了款项:{amount}。
                退款:{refunds}
                退款(等待审批):{waiting}
                """),
    ]
}
