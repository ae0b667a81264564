import GraphQL
import Testing

@Suite struct DocumentLimitsTests {
    /// Fragments in a chain add their nesting: it is measured without using up the stack.
    @Test func longChainsOfNestedFragmentsAreRefused() throws {
        let nesting = 150
        let (open, close) = (String(repeating: "...{", count: nesting), String(repeating: "}", count: nesting))
        let chain = (0..<400).map { "fragment f\($0) on Query{\(open)...f\($0 + 1)\(close)}" }.joined(separator: " ")
        var limits = ParserLimits.standard
        limits.maximumTokens = 1_000_000
        let source = Source("{...f0} \(chain) fragment f400 on Query{a}")
        let errors = DocumentLimits().errors(in: try Document(parsing: source, limits: limits))
        #expect(
            errors.map(\.message).first
                == "The operation nests fields countless deep; the limit is 30. Ask for less at once."
        )
    }

    /// A document, the limits that are set, and what it has too much of.
    struct Excess: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let message: String?
    }

    static let limits: DocumentLimits = {
        var limits = DocumentLimits()
        limits.maximumDepth = 3
        limits.maximumAliases = 2
        limits.maximumRootFields = 3
        limits.maximumDirectives = 2
        limits.maximumIntrospectionDepth = 2
        return limits
    }()

    static let excesses = [
        Excess(testDescription: "just deep enough", text: "{ a { b { c } } }", message: nil),
        Excess(
            testDescription: "too deep",
            text: "query Q { a { b { c { d } } } }",
            message: "The operation \"Q\" nests fields 4 deep; the limit is 3. Ask for less at once."
        ),
        Excess(
            testDescription: "too deep through fragments",
            text: "{ a { ...F } } fragment F on T { b { ...G } } fragment G on T { c { d } }",
            message: "The operation nests fields 4 deep; the limit is 3. Ask for less at once."
        ),
        Excess(
            testDescription: "too many aliases through a fragment",
            text: "{ a { ...F } b { ...F } } fragment F on T { x: c y: d }",
            message: "The operation has 4 aliases; the limit is 2. Ask for less at once."
        ),
        Excess(
            testDescription: "too many root fields",
            text: "{ a b ... { c d } }",
            message: "The operation has 4 root fields; the limit is 3. Ask for less at once."
        ),
        Excess(
            testDescription: "too many directives",
            text: "{ a @x @y @z }",
            message: "There are 3 directives in one place; the limit is 2. Use fewer."
        ),
        Excess(
            testDescription: "lists of introspection nest",
            text:
                "{ __type(name: \"T\") { ...F } } fragment F on __Type { fields { type { fields { type { fields { name } } } } } }",
            message: "The operation nests lists of introspection 3 deep; the limit is 2. Ask for less at once."
        ),
        Excess(testDescription: "lists of that name elsewhere", text: "{ fields { fields { fields } } }", message: nil),
        Excess(
            testDescription: "fragments that contain themselves",
            text: "{ ...F } fragment F on T { a ...F }",
            message: nil
        ),
    ]

    @Test(arguments: excesses)
    func exceededLimitIsNamed(excess: Excess) throws {
        var limits = Self.limits
        if excess.testDescription.contains("introspection") { limits.maximumDepth = 20 }
        let errors = limits.errors(in: try Document(parsing: Source(excess.text)))
        #expect(errors.map(\.message) == (excess.message.map { [$0] } ?? []))
    }

    @Test(.timeLimit(.minutes(15)))
    func fragmentsThatDoubleAreMeasuredInLinearTime() throws {
        let fragments = (0..<200).map { "fragment F\($0) on T { x: a ...F\($0 + 1) ...F\($0 + 1) }" }
        let text = "{ ...F0 } \(fragments.joined(separator: " ")) fragment F200 on T { a }"
        let messages = DocumentLimits().errors(in: try Document(parsing: Source(text))).map(\.message)
        #expect(messages.contains("The operation has countless aliases; the limit is 1000. Ask for less at once."))
    }
}
