// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `A message` {
    @Test func `is the confirmation's text, in the order's language`() throws {
        for (locale, word) in [
            ("en", "Canceled: 1 × Item a"), ("de-DE", "Canceled: 1 × Item a"),
            ("zh-CN", "已取消:1 × Item a"), ("zh-Hant-TW", "已取消:1 × Item a"),
            ("", "Canceled: 1 × Item a"),
        ] {
            var desk = try Desk(OrderIntake.discounted.with { $0.locale = locale })
            let decision = try desk.cancel([("a", 1)])
            #expect(decision.confirmation.text.contains(word))
            #expect(decision.change.messages.count == 1)
            let message = desk.messages[0]
            #expect(message.text == decision.confirmation.text)
            #expect(message.title == decision.confirmation.title)
            #expect(message.customerID == "customer-1" && message.orderID == desk.order.id)
            #expect(message.text.contains("EUR 22.05 (Visa …4242)"))
        }
    }

    @Test func `leaves out the lines that have nothing to say`() throws {
        var desk = try Desk(.discounted)
        let text = try desk.cancel([("a", 1)]).confirmation.text
        #expect(
            text == """
                We have received your cancellation for order 1001.
                Canceled: 1 × Item a
                Refund: EUR 22.05 (Visa …4242)
                """)
    }

    @Test func `never looks for placeholders in values`() {
        let template = MessageTemplate(
            kind: .cancelConfirmed, locale: "en", title: "{a}", body: "x {a} y {b}\nz {c}\nend")
        let (title, text) = template.rendered(["a": "{b}", "b": "2", "c": ""])
        #expect(title == "{b}")
        #expect(text == "x {b} y 2\nend")
    }

    @Test func `names twenty entries and counts the rest`() throws {
        let lines = (0..<25).map { IntakeLine.plain("l\($0)", 1, 1_00) }
        var desk = try Desk(.order(lines, [.card(25_00)]))
        let text = try desk.cancel(lines.map { ($0.lineID, 1) }).confirmation.text
        #expect(text.contains("Item l19; … +5"))
        #expect(!text.contains("Item l20"))
    }

    @Test func `comes from the policy's own template where it has one`() throws {
        var policy = Policy.initial(text: "")
        policy.templates = [
            MessageTemplate(kind: .cancelConfirmed, locale: "en", title: "T", body: "B {order}")
        ]
        var desk = try Desk(.discounted, policy: policy)
        #expect(try desk.cancel([("a", 1)]).confirmation.text == "B 1001")
    }
}

@Suite struct `The first policy` {
    @Test func `is version 1 with the text as given and the published defaults`() {
        let text = "Refund/Cancellation Policy\n\n  • ’\n"
        let policy = Policy.initial(text: text)
        #expect(policy.version == 1)
        #expect(Array(policy.text.utf8) == Array(text.utf8))
        #expect(policy.parameters == PolicyParameters())
        #expect(policy.parameters.split == .priority)
        #expect(policy.parameters.timeZone == "Asia/Shanghai")
        #expect(policy.parameters.approvalThresholds.isEmpty)
    }

    @Test func `has every template in English and Simplified Chinese`() {
        let templates = Policy.initial(text: "").templates
        for kind in Set(templates.map(\.kind)) {
            #expect(templates.filter { $0.kind == kind }.map(\.locale) == ["en", "zh-CN"])
        }
        #expect(Set(templates.map(\.kind)).isSuperset(of: [.cancelConfirmed, .stopResult]))
    }
}
