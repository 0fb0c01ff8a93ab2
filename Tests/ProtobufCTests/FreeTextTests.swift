// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import Testing

@Suite struct FreeTextTests {
    private struct Stop: Error, Equatable {
        let path: String
    }

    private func visited<Value: Message>(_ value: Value) -> [String] {
        var seen: [String] = []
        value.forEachFreeText { path, text in seen.append("\(path)=\(text)") }
        return seen
    }

    @Test func `every marked text is visited with its path, ids are not`() {
        let note = Note(sku: "4111111111111111", text: "hello")
        let notes = Notes(
            orderID: "ord_1", items: [note, Note(sku: "b")], head: note, lines: ["", "one"],
            body: .note(note))
        #expect(
            visited(notes)
                == ["items.text=hello", "head.text=hello", "lines=one", "note.text=hello"])
        #expect(visited(Notes(body: .plain("p"))) == ["plain=p"])
    }

    @Test func `a message without free text has nothing to visit`() {
        #expect(visited(Samples.singular).isEmpty)
    }

    @Test func `the visitor's error ends the visit`() {
        let notes = Notes(items: [Note(text: "a")], lines: ["b"])
        #expect(throws: Stop(path: "items.text")) {
            try notes.forEachFreeText { path, _ throws(Stop) in throw Stop(path: path) }
        }
    }
}
