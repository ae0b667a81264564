import GraphQL
import Testing

/// Documents that would keep a validator busy for minutes that compared all pairs or followed all paths.
@Suite(.timeLimit(.minutes(15))) struct HostileDocumentTests {
    private func errors(in text: String) throws -> [GraphQLError] {
        let schema = try Schema(sdl: Source(ValidationSchema.sdl))
        return validate(try Document(parsing: Source(text), limits: .unlimited), schema: schema)
    }

    private static func repeated(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map(text).joined(separator: " ")
    }

    /// Valid documents.
    static let validCases: [String] = [
        // A response key very often.
        "{ \(repeated(20_000) { _ in "__typename" }) }",
        "{ \(repeated(5000) { _ in "ferry { id }" }) }",
        "{ moored { \(repeated(2000) { _ in "... on Ferry { x: name } ... on Sloop { x: name(short: true) }" }) } }",
        // Long chains of fragments, flat and nested.
        "{ ferry { ...F0 } } \(repeated(2000) { "fragment F\($0) on Ferry { id ...F\($0 + 1) }" })"
            + " fragment F2000 on Ferry { id }",
        "{ ferry { ...F0 } } \(repeated(1000) { "fragment F\($0) on Ferry { id sister { ...F\($0 + 1) } }" })"
            + " fragment F1000 on Ferry { id }",
        // Twice as many paths with each fragment.
        "{ ferry { ...F0 } } \(repeated(500) { "fragment F\($0) on Ferry { ...F\($0 + 1) ...F\($0 + 1) }" })"
            + " fragment F500 on Ferry { id }",
        "{ ferry { ...F0 } } "
            + repeated(500) { "fragment F\($0) on Ferry { a: sister { ...F\($0 + 1) } b: sister { ...F\($0 + 1) } }" }
            + " fragment F500 on Ferry { id }",
        // Many operations that share fragments and variables.
        "\(repeated(500) { "query Q\($0) { ...F0 }" })"
            + " \(repeated(500) { "fragment F\($0) on Query { ...F\($0 + 1) }" }) fragment F500 on Query { tug { id } }",
        "\(repeated(500) { "query Q\($0)($v: Int) { ...F }" })"
            + " fragment F on Query { \(repeated(1000) { "a\($0): echo(int: $v)" }) }",
    ]

    @Test(arguments: validCases.indices)
    func acceptsValidHostileDocuments(index: Int) throws {
        #expect(try errors(in: Self.validCases[index]) == [])
    }

    /// Fragments of which ever other ones are merged, in a number of combinations that doubles from level to level.
    private static func combinations(levels: Int) -> String {
        repeated(levels) { level in
            repeated(level + 1) { number in
                let deeper = "F\(level + 1)_"
                let fields =
                    number == 0
                    ? "a: sister { ...\(deeper)0 ...\(deeper)1 } b: sister { ...\(deeper)0 }"
                    : "a: sister { ...\(deeper)\(number + 1) } b: sister { ...\(deeper)\(number + 1) }"
                return "fragment F\(level)_\(number) on Ferry { \(level + 1 == levels ? "id" : fields) }"
            }
        }
    }

    /// Fields of one response key in fields of one response key.
    private static func pairs(depth: Int, leaf: String = "id") -> String {
        depth == 0
            ? leaf : "a: sister { \(pairs(depth: depth - 1)) } a: sister { \(pairs(depth: depth - 1, leaf: leaf)) }"
    }

    @Test func acceptsManyPairsBesideManyCombinations() throws {
        let document = "query A { ferry { ...F0_0 } } query B { ferry { \(Self.pairs(depth: 11)) } }"
        #expect(try errors(in: "\(document) \(Self.combinations(levels: 16))") == [])
    }

    @Test func findsAConflictOfManyPairsBesideManyCombinations() throws {
        let pairs = Self.pairs(depth: 9, leaf: "id: name")
        let document = "query A { ferry { ...F0_0 } } query B { ferry { \(pairs) } }"
        // A pair of fields in each of the nine selection sets around, as far as the work of validation goes.
        let count = try errors(in: "\(document) \(Self.combinations(levels: 16))").count
        #expect((1...10).contains(count))
    }

    @Test func findsTheOneConflictAmongMany() throws {
        let fields = Self.repeated(10_000) { _ in "__typename" }
        let errors = try errors(in: "{ x: __typename \(fields) ferry { id } x: ferry { id } }")
        #expect(
            errors == [
                .error(
                    #"Fields "x" conflict because "__typename" and "ferry" are different fields."#
                        + " Use different aliases on the fields to fetch both if this was intentional.",
                    at: (1, 3),
                    (1, 110_030)
                )
            ]
        )
    }

    @Test(arguments: [
        "{ \(repeated(3000) { _ in "ferry { id }" }) ferry { id: name } }",
        "{ \(repeated(1500) { "ferry { x\($0): id }" }) ferry { x: id } \(repeated(1500) { _ in "ferry { x: name }" }) }",
        "{ ferry { ...F0 } } "
            + repeated(500) { "fragment F\($0) on Ferry { x: \($0 % 2 == 0 ? "id" : "name") ...F\(($0 + 1) % 500) }" },
    ])
    func refusesOnesWithManyConflicts(document: String) throws {
        let errors = try errors(in: document)
        #expect(!errors.isEmpty && errors.count <= 101)
    }

    @Test func endsAfterAHundredLongCycles() throws {
        let chain = Self.repeated(5000) { "fragment F\($0) on Ferry { ...F\($0 + 1) }" }
        let spreads = Self.repeated(30_000) { _ in "...F0" }
        let errors = try errors(in: "{ ferry { ...F0 } } \(chain) fragment F5000 on Ferry { \(spreads) }")
        #expect(errors.count == 101)
        #expect(errors.first?.locations.count == 5001)
    }

    @Test func refusesCyclesOfManyFragments() throws {
        let fragments = Self.repeated(1000) {
            "fragment F\($0) on Ferry { ...F\(($0 + 1) % 1000) ...F\(($0 + 7) % 1000) }"
        }
        let errors = try errors(in: "{ ferry { ...F0 } } \(fragments)")
        #expect(errors.contains { $0.message.hasPrefix(#"Cannot spread fragment "F0" within itself via "F1", "F2""#) })
    }
}
