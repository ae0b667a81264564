import GraphQL
import Testing

/// The work that validation takes grows in proportion to the document, whatever the document is made of.
@Suite struct ValidationWorkTests {
    private static let schema = """
        type Query { value(key: String): Int node: Node text: String }
        type Subscription { tick: Int }
        type Node { value(key: String): Int node: Node id: ID }
        """

    private static func repeated(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map(text).joined(separator: " ")
    }

    /// A kind of document that can be made as large as wanted.
    struct Growing: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let document: @Sendable (Int) -> String
    }

    static let growing: [Growing] = [
        Growing(testDescription: "fields of one response key with distinct arguments") { count in
            "{ \(repeated(count) { #"value(key: "\#($0)")"# }) }"
        },
        Growing(testDescription: "the same in one field") { count in
            "{ node { \(repeated(count) { #"value(key: "\#($0)")"# }) } }"
        },
        Growing(testDescription: "the same in two fields of one response key") { count in
            let half = repeated(count / 2) { #"value(key: "\#($0)")"# }
            return "{ node { \(half) } node { \(half) } }"
        },
        Growing(testDescription: "the same in many fields of one response key") { count in
            "{ \(repeated(count) { #"node { value(key: "\#($0)") }"# }) }"
        },
        Growing(testDescription: "one conflict among fields that differ in what they select") { count in
            "{ \(repeated(count) { "node { x\($0): id }" }) node { y: id } node { y: value } }"
        },
        Growing(testDescription: "fragments that conflict pairwise") { count in
            "{ \(repeated(count / 2) { "...F\($0)" }) } "
                + repeated(count / 2) { #"fragment F\#($0) on Query { value(key: "\#($0)") }"# }
        },
        Growing(testDescription: "subscriptions that share a chain of fragments") { count in
            repeated(count / 2) { "subscription S\($0) { ...F0 }" } + " "
                + repeated(count / 2) { "fragment F\($0) on Subscription { ...F\($0 + 1) }" }
                + " fragment F\(count / 2) on Subscription { tick }"
        },
        Growing(testDescription: "cycles of fragments") { count in
            "{ ...F0 } \(repeated(count) { "fragment F\($0) on Query { ...F\(($0 + 1) % count) ...F\($0 / 2) text }" })"
        },
        Growing(testDescription: "unknown fields with long names") { count in
            "{ \(repeated(count) { "value\($0)\(String(repeating: "x", count: 50))" }) }"
        },
        Growing(testDescription: "operations that use variables through a chain of fragments") { count in
            repeated(count / 2) { "query Q\($0)($k: String) { ...F\($0) }" } + " "
                + repeated(count / 2) { "fragment F\($0) on Query { a\($0): value(key: $k) ...F\($0 + 1) }" }
                + " fragment F\(count / 2) on Query { text }"
        },
    ]

    private func validation(of text: String) throws -> (DocumentValidation, tokens: Int) {
        let schema = try Schema(sdl: Source(Self.schema))
        let document = try Document(parsing: Source(text), limits: .unlimited)
        return (DocumentValidation(document, schema: schema), document.tokenCount)
    }

    @Test(arguments: growing)
    func workIsProportionalToTheDocument(kind: Growing) throws {
        for count in [40, 400, 2300] {
            let (validation, tokens) = try validation(of: kind.document(count))
            // The last thing that is done before the end may exceed the sum a little.
            #expect(validation.work <= 21_000 + 9 * tokens, "\(count)")
            #expect(validation.errors.count <= 101)
        }
    }

    @Test func aConflictSearchEndsWhenNoMoreCanBeListed() throws {
        let text = "{ node { \(Self.repeated(2300) { #"value(key: "\#($0)")"# }) } }"
        let (validation, _) = try validation(of: text)
        #expect(validation.errors.count == 101)
        #expect(
            validation.errors.first
                == .error(
                    #"Fields "value" conflict because they have differing arguments."#
                        + " Use different aliases on the fields to fetch both if this was intentional.",
                    at: (1, 10),
                    (1, 26)
                )
        )
        #expect(
            validation.errors.last?.message == "Too many validation errors, error limit reached. Validation aborted."
        )
        // A hundred comparisons, not the two and a half millions that all pairs take.
        #expect(validation.work < 10_000)
    }

    @Test func ordinaryDocumentTakesLessThanTenSteps() throws {
        let (validation, _) = try validation(
            of: "query Q($k: String) { a: value(key: $k) node { id node { id } ...F } } fragment F on Node { id value }"
        )
        #expect(validation.errors == [])
        #expect(validation.work < 10)
    }
}
