import JSON
import Testing

/// Texts of errors that quote what somebody has sent.
@Suite struct MessageTextTests {
    @Test func shortTextIsLeftUnchanged() {
        let text = String(repeating: "é", count: 1000)
        #expect(text.utf8.count == MessageText.maximumBytes && MessageText.bounded(text) == text)
    }

    @Test func theBeginningAndTheEndOfALongTextRemain() {
        let name = String(repeating: "a", count: 900_000)
        let text = MessageText.bounded("Cannot query field \"\(name)\" on type \"Query\".")
        #expect(text.hasPrefix("Cannot query field \"aaa") && text.hasSuffix("aaa\" on type \"Query\"."))
        #expect(text.utf8.count == 1500 + "…".utf8.count + 400)
        #expect(text.contains("aaa…aaa"))
    }

    @Test(arguments: 0..<4) func noCharacterIsCut(_ offset: Int) {
        let text = String(repeating: "x", count: offset) + String(repeating: "😀", count: 1000)
        let bounded = MessageText.bounded(text)
        #expect(bounded.unicodeScalars.allSatisfy { ["x", "😀", "…"].contains($0) })
        #expect(bounded.utf8.count <= 1500 + 3 + 400)
    }
}
