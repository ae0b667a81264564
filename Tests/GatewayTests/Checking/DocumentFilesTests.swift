import Gateway
import GraphQL
import Testing

/// Documents in several files, and how their errors are shown.
@Suite struct DocumentFilesTests {
    /// Files by name, and which of them make a document together.
    static let groups: [([(String, String)], [[String]])] = [
        ([("a", "{ x }"), ("b", "{ y }")], [["a"], ["b"]]),
        ([("a", "{ ...F }"), ("b", "{ y }"), ("c", "fragment F on Query { x }")], [["a", "c"], ["b"]]),
        // Through a third file, against the order, and in a circle.
        (
            [
                ("a", "fragment A on Query { x }"), ("b", "query B { q { ... { ...C } } }"),
                ("c", "fragment C on Query { ...A }"), ("d", "fragment D on Query { ...D2 }"),
                ("e", "fragment D2 on Query { ...D }"),
            ], [["a", "b", "c"], ["d", "e"]]
        ),
        // A fragment of one's own is not looked for elsewhere.
        (
            [("a", "{ ...F } fragment F on Query { x }"), ("b", "{ ...F } fragment F on Query { y }")], [["a"], ["b"]]
        ),
        // What cannot be read stands alone, and so does what nobody defines.
        ([("a", "{ ...F "), ("b", "fragment F on Query { x }"), ("c", "{ ...G }")], [["a"], ["b"], ["c"]]),
        ([("a", ""), ("b", "{ ...F }"), ("c", "fragment F on Query { x }")], [["a"], ["b", "c"]]),
        ([], []),
    ]

    @Test(arguments: groups)
    func filesThatShareFragmentsMakeADocument(files: [(String, String)], expected: [[String]]) {
        let documents = DocumentFiles(files.map { (name: $0.0, text: Array($0.1.utf8)) })
        #expect(documents.sources.map { $0.parts.map(\.name) } == expected)
    }

    private let schema = "type Query { name: String other: Int self: Query }"

    @Test func anErrorIsShownWithItsFileItsLineAndACaret() throws {
        let check = DocumentCheck(schema: try Schema(sdl: Source(schema)))
        let source = Source("# é\r\n{\r\n\tx: other \"\"\n}", name: "b.graphql")
        #expect(
            check.check(source).errors.map { CheckReport.text(of: $0, in: source) } == [
                """
                b.graphql:3:11: Syntax Error: Expected Name, found String "".
                  3 | \tx: other ""
                    | \t         ^
                """
            ]
        )
    }

    @Test func anErrorWithPlacesInTwoFilesNamesBoth() throws {
        let check = DocumentCheck(schema: try Schema(sdl: Source(schema)))
        let sources = DocumentFiles([
            (name: "a.graphql", text: Array("{ x: name\n  ...F\n}".utf8)),
            (name: "b.graphql", text: Array("\nfragment F on Query {\r\n\tself { nam } x: other # 😀\n}".utf8)),
        ]).sources
        let source = try #require(sources.first)
        let errors = check.check(source).errors
        #expect(
            errors.map { CheckReport.text(of: $0, in: source) } == [
                """
                a.graphql:1:3: Fields "x" conflict because "name" and "other" are different fields. Use different \
                aliases on the fields to fetch both if this was intentional.
                  1 | { x: name
                    |   ^
                  b.graphql
                  3 | \tself { nam } x: other # 😀
                    | \t             ^
                """,
                """
                b.graphql:3:9: Cannot query field "nam" on type "Query". Did you mean "name"?
                  3 | \tself { nam } x: other # 😀
                    | \t       ^
                """,
            ]
        )
        #expect(
            String(
                decoding: CheckReport.json(of: errors.map { CheckReport.naming(fileOf: $0, in: source) }),
                as: UTF8.self
            )
                == #"{"errors":[{"message":"Fields \"x\" conflict because \"name\" and \"other\" are different fields. Use different aliases on the fields to fetch both if this was intentional.","locations":[{"line":1,"column":3},{"line":3,"column":15}],"extensions":{"file":"a.graphql"}},{"message":"Cannot query field \"nam\" on type \"Query\". Did you mean \"name\"?","locations":[{"line":3,"column":9}],"extensions":{"file":"b.graphql"}}]}"#
        )
    }
}
