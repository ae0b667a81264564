import GraphQL
import Testing

@Suite struct ParserLimitsTests {
    @Test func tokensUpToTheLimitAreRead() throws {
        let document = try Document(parsing: Source("{ a b # c\n }"), limits: ParserLimits(maximumTokens: 4))
        #expect(document.definitions.count == 1)
    }

    @Test func aTokenBeyondTheLimitIsRefused() {
        #expect(throws: SyntaxError("Document contains more that 3 tokens. Parsing aborted.", at: 6)) {
            try Document(parsing: Source("{ a b }"), limits: ParserLimits(maximumTokens: 3))
        }
    }

    @Test(arguments: ["{a", "{a(b:[", "{a(b:{c:", "query($v:[", "{...{a", "type T{a:[", "input I{a:Int=["])
    func nestingBeyondTheLimitIsRefusedHoweverDeepItGoes(opening: String) {
        let text = opening + String(repeating: repeated(opening), count: 10_000)
        do {
            _ = try Document(parsing: Source(text), limits: .unlimited)
            Issue.record("The document was accepted.")
        } catch {
            #expect(error.message == "Syntax Error: Document is nested deeper than 200 levels. Parsing aborted.")
            #expect(error.offset < text.utf8.count / 2)
        }
    }

    /// What follows an opening to go one level deeper.
    private func repeated(_ opening: String) -> String {
        switch opening {
        case "{a", "{...{a": "{a"
        case "{a(b:{c:": "{c:"
        default: "["
        }
    }

    @Test func nestingUpToTheLimitIsRead() throws {
        let text = String(repeating: "{a", count: 200) + String(repeating: "}", count: 200)
        _ = try Document(parsing: Source(text), limits: .standard)
        _ = try Document(parsing: Source("{a} " + text), limits: .standard)
        #expect(throws: SyntaxError.self) { try Document(parsing: Source("{a\(text)}"), limits: .standard) }
    }

    @Test func limitsHoldForSingleValuesAndTypes() {
        let limits = ParserLimits(maximumTokens: 9, maximumDepth: 2)
        let tooDeep = SyntaxError("Document is nested deeper than 2 levels. Parsing aborted.", at: 2)
        #expect(throws: tooDeep) { try ValueNode(parsing: Source("[[[1]]]"), limits: limits) }
        #expect(throws: tooDeep) { try ValueNode(parsingConstant: Source("[[[1]]]"), limits: limits) }
        #expect(throws: tooDeep) { try TypeNode(parsing: Source("[[[A]]]"), limits: limits) }
    }
}
