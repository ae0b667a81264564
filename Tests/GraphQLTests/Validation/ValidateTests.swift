import GraphQL
import Testing

@Suite struct ValidateTests {
    private func document(_ text: String) throws -> Document {
        try Document(parsing: Source(text), limits: .unlimited)
    }

    private func errors(in text: String, maximum: Int = 100) throws -> [GraphQLError] {
        let schema = try Schema(sdl: Source(ValidationSchema.sdl))
        return validate(try document(text), schema: schema, maximumErrors: maximum)
    }

    private func repeated(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map(text).joined(separator: " ")
    }

    private let aborted = GraphQLError("Too many validation errors, error limit reached. Validation aborted.")

    @Test func reportsByNodeThenByRule() throws {
        let errors = try errors(in: "query ($a: Int, $a: Raft) { ferry @mark { draft(a: $b) } f: ferry }")
        #expect(
            errors == [
                .error(#"There can be only one variable named "$a"."#, at: (1, 9), (1, 18)),
                .error(#"Unknown type "Raft". Did you mean "Rank"?"#, at: (1, 21)),
                .error(
                    #"Directive "@mark" argument "label" of type "String!" is required, but it was not provided."#,
                    at: (1, 35)
                ),
                .error(#"Cannot query field "draft" on type "Ferry"."#, at: (1, 43)),
                .error(
                    #"Field "ferry" of type "Ferry" must have a selection of subfields. "#
                        + #"Did you mean "ferry { ... }"?"#,
                    at: (1, 58)
                ),
                .error(#"Variable "$b" is not defined."#, at: (1, 52), (1, 1)),
                .error(#"Variable "$a" is never used."#, at: (1, 8)),
                .error(#"Variable "$a" is never used."#, at: (1, 17)),
            ]
        )
    }

    @Test(arguments: [0, 1, 2, 5])
    func abortsAfterTheMaximumOfErrors(maximum: Int) throws {
        let errors = try errors(in: "{ \(repeated(6) { "x\($0)" }) }", maximum: maximum)
        let expected = (0..<maximum).map { index in
            GraphQLError.error(#"Cannot query field "x\#(index)" on type "Query"."#, at: (1, 3 + 3 * index))
        }
        #expect(errors == expected + [aborted])
    }

    @Test func doesNotAbortAtTheMaximum() throws {
        #expect(try errors(in: "{ \(repeated(6) { "x\($0)" }) }", maximum: 6).count == 6)
    }

    @Test func appliesOnlyTheGivenRules() throws {
        let schema = try Schema(sdl: Source(ValidationSchema.sdl))
        let document = try document("{ ferry { id } } { draft }")
        #expect(validate(document, schema: schema, rules: RuleSet([])) == [])
    }

    @Test func countsColumnsInUTF16AndLinesByAllTerminators() throws {
        let text = "{ # \u{1F6A2}\r\n  a: echo(string: \"\u{1F6A2}\u{E9}\") x y z v w\r  u }"
        let places = try errors(in: text).flatMap(\.locations)
        let expected = [(2, 26), (2, 28), (2, 30), (2, 32), (2, 34), (3, 3)]
        #expect(places == expected.map { SourceLocation(line: $0.0, column: $0.1) })
    }

    @Test func pointsAtManyNodesAsAtOne() throws {
        let fields = repeated(3) { "x\($0): id # \u{1F6A2}\r\n" }
        let others = repeated(3) { "x\($0): name\n" }
        let places = try errors(in: "{ ferry { \(fields) } ferry { \(others) } }").flatMap(\.locations)
        let first = [(1, 3), (1, 11), (2, 2), (3, 2)]
        let second = [(4, 4), (4, 12), (5, 2), (6, 2)]
        #expect(places == (first + second).map { SourceLocation(line: $0.0, column: $0.1) })
    }
}
