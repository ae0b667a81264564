import GraphQL
import JSON
import Testing
import Upstream

@Suite struct OperationCostTests {
    /// A query and its estimate.
    struct Case: Sendable, CustomTestStringConvertible {
        let query: String
        let calls: CostRange
        var testDescription: String { query }

        init(_ query: String, _ min: Int, _ max: Int) {
            self.query = query
            calls = CostRange(min, max)
        }
    }

    static let cases = [
        // Windows: pages of 100, aligned.
        Case("{ __typename }", 0, 0),
        Case("{ books { totalCount } }", 1, 1),
        Case("{ books(first: 0) { totalCount } }", 1, 1),
        Case("{ books(first: 100) { nodes { id } } }", 1, 1),
        Case("{ books(first: 101) { nodes { id } } }", 1, 2),
        Case("{ books(first: 250) { nodes { id } } }", 1, 3),
        Case("{ books(first: 10000) { nodes { id } } }", 1, 100),
        Case("{ books(first: 10001) { nodes { id } } }", 0, 0),
        Case("{ books(page: 2, perPage: 60) { nodes { id } } }", 1, 2),
        Case("{ books(page: 3, perPage: 50) { nodes { id } } }", 1, 1),
        Case("{ books(page: 5) { nodes { id } } }", 1, 1),
        // `row:99` and `row:150`.
        Case(#"{ books(first: 2, after: "cm93Ojk5") { nodes { id } } }"#, 1, 2),
        Case(#"{ books(last: 10, before: "cm93OjE1MA") { nodes { id } } }"#, 1, 1),
        // Where the end is asked for, it may take all pages to find it.
        Case("{ books(last: 10) { nodes { id } } }", 1, 101),
        Case("{ books(first: 5, page: 2) { nodes { id } } }", 0, 0),
        Case("{ all { id } }", 1, 1),
        // Objects and keys.
        Case("{ me { id } }", 1, 1),
        Case(#"{ book(id: "a") { id } }"#, 1, 1),
        Case(#"{ book(id: "..") { id } }"#, 0, 0),
        Case(#"{ a: book(id: "a") { id } b: book(id: "b") { id } }"#, 1, 3),
        Case(#"{ a: book(id: "a") { id } b: book(id: "b") { id } c: book(id: "c") { id } }"#, 1, 5),
        Case(#"{ a: book(id: "a") { id } b: book(id: "a") { title } }"#, 1, 1),
        Case(#"{ book(id: "a") { shelf { id } } }"#, 1, 2),
        // People have no collection: one by one.
        Case("{ books(first: 100) { nodes { reader { name } } } }", 1, 101),
        Case("{ books(first: 100) { nodes { shelf { id } } } }", 1, 129),
        Case("{ books(first: 100) { nodes { cover { url } } } }", 1, 101),
        Case("{ books(first: 100) { nodes { library { slug } nodeId } } }", 1, 1),
        Case("{ books(first: 10) { nodes { library { book(id: 1) { id } } } } }", 1, 2),
        Case("{ books(first: 10) { nodes { library { books(first: 150) { nodes { id } } } } } }", 1, 3),
        // Children of 20 parents: a list each, after two pages of the whole at most.
        Case("{ shelves(first: 20) { nodes { books(first: 5) { nodes { id } } } } }", 1, 23),
        Case("{ shelves(first: 20) { nodes { books(first: 500) { nodes { id } } } } }", 1, 103),
        Case("{ shelves(first: 1) { nodes { books(first: 5) { nodes { id } } } } }", 1, 2),
        Case("{ shelves { nodes { id } edges { node { books { totalCount } } } } }", 1, 28),
        // A book of a shelf is on that shelf.
        Case("{ shelves(first: 20) { nodes { books(first: 5) { nodes { shelf { id } } } } } }", 1, 51),
        Case("{ shelves(first: 20) { nodes { books(first: 5) { nodes { reader { id } } } } } }", 1, 123),
        // Lists without limits: a page is assumed.
        Case("{ books(first: 10) { nodes { reviews { text } } } }", 1, 11),
        Case("{ books(first: 10) { nodes { reviews { author { id } } } } }", 1, 1011),
        Case("{ all { reader { id } } }", 1, 101),
        Case("{ books(first: 2) { nodes { parts { shelf { id } } } } }", 1, 254),
        // What is asked for twice.
        Case("{ a: books(first: 5) { nodes { id } } b: books(first: 5) { nodes { title } } }", 1, 1),
        Case("{ a: books(first: 5) { nodes { id } } b: books(first: 50) { nodes { title } } }", 1, 1),
        Case("{ a: books(first: 150) { nodes { id } } b: books(page: 2, perPage: 150) { nodes { id } } }", 2, 3),
        Case(#"{ a: books(color: "red") { totalCount } b: books(color: "blue") { totalCount } }"#, 2, 2),
        Case("{ books { nodes { reader { id } } edges { node { reader { name } } } } }", 1, 26),
        Case("{ a: books { nodes { reader { id } } } b: books { nodes { again: reader { name } } } }", 1, 26),
        Case(
            #"{ shelves(first: 20) { nodes { red: books(color: "red") { totalCount } blue: books(color: "blue") { totalCount } } } }"#,
            1,
            45
        ),
        // A list may bring the very book that is asked for.
        Case(#"{ books { totalCount } book(id: "a") { id } }"#, 1, 2),
        Case(#"{ book(id: "a") { shelf { books { nodes { id } } } } }"#, 1, 3),
        // Names among all types: `main:Book:a` and `main:Person:p`.
        Case(#"{ node(nodeId: "bWFpbjpCb29rOmE") { nodeId } }"#, 0, 1),
        Case(#"{ nodes(nodeIds: ["bWFpbjpCb29rOmE", "bWFpbjpQZXJzb246cA", "nonsense"]) { nodeId } }"#, 0, 2),
        Case(#"{ node(nodeId: "bWFpbjpCb29rOmE") { ... on Book { shelf { id } } } }"#, 0, 2),
    ]

    @Test(arguments: cases)
    func anOperationCostsWhatItsCallsAddUpTo(example: Case) throws {
        #expect(try EstimatedOperation(example.query).cost.calls == example.calls)
    }

    static let spanning = [
        Case("{ books(first: 50) { nodes { id } } }", 3, 3),
        Case("{ books(page: 3, perPage: 100) { nodes { id } } }", 3, 9),
        Case("{ books(first: 50) { nodes { shelf { id } } } }", 3, 74),
        Case("{ books(first: 50) { nodes { library { books { totalCount } } } } }", 3, 6),
        Case(#"{ books(workspaces: ["b", "x"]) { totalCount } }"#, 1, 1),
        Case(#"{ books(workspaces: ["x"]) { totalCount } }"#, 0, 0),
        Case(
            #"{ a: books(workspaces: ["a", "b"]) { totalCount } b: books(workspaces: ["b", "c"]) { totalCount } }"#,
            3,
            4
        ),
        Case(#"{ book(id: "1", workspace: "b") { id } }"#, 1, 1),
        Case(#"{ book(id: "1", workspace: "x") { id } }"#, 0, 0),
        Case("{ workspaces { books(first: 150) { nodes { id } } } }", 3, 6),
        Case(#"{ workspaces(slugs: ["a", "c"]) { book(id: "1") { id } } }"#, 2, 3),
        Case(#"{ workspace { books { nodes { shelf { id } } } } }"#, 1, 35),
        Case(
            #"{ workspace(slug: "b") { books { totalCount } } a: workspace(slug: "b") { books { totalCount } } }"#,
            1,
            1
        ),
        Case(#"{ workspace(slug: "x") { books { totalCount } } }"#, 0, 0),
        Case("{ me { id } }", 1, 1),
        // `b:Book:a` and `x:Book:a`.
        Case(#"{ nodes(nodeIds: ["YjpCb29rOmE", "eDpCb29rOmE"]) { nodeId } }"#, 1, 1),
        // `rows:a=95,b=10`: `a` stands at the end of its first page.
        Case(#"{ books(first: 20, after: "cm93czphPTk1LGI9MTA") { nodes { id } } }"#, 3, 6),
    ]

    @Test(arguments: spanning)
    func aFieldThatSpansWorkspacesCostsItsCallsInEach(example: Case) throws {
        let terms = CostContext(slugs: ["a", "b", "c"])
        #expect(try EstimatedOperation(example.query, terms: terms).cost.calls == example.calls)
    }

    @Test func operationWithoutWorkspacesCostsNothing() throws {
        let query = "{ books { nodes { shelf { id } } } me { id } }"
        #expect(try EstimatedOperation(query, terms: CostContext(slugs: [])).cost.calls == .zero)
    }

    @Test func unnamedWorkspacesAreGuaranteedOnlyAllTogether() throws {
        let terms = CostContext(workspaceCount: 3)
        #expect(try EstimatedOperation("{ books { totalCount } }", terms: terms).cost.calls == CostRange(3, 3))
        let named = #"{ books(workspaces: ["a", "b", "c", "d"]) { totalCount } }"#
        #expect(try EstimatedOperation(named, terms: terms).cost.calls == CostRange(0, 3))
    }

    @Test(
        arguments: [
            ("{ books(first: 100) { nodes { title } } }", 101),
            ("{ books(first: 100) { nodes { id } } }", 1),
            ("{ books(first: 100) { totalCount } }", 1),
            ("{ all { title } }", 101),
        ]
    )
    func rowsThatAreSummariesCostACallEach(query: String, most: Int) throws {
        var terms = CostContext(workspaceCount: 1)
        terms.isDetailOnly = { _, member in member == .own("title") }
        #expect(try EstimatedOperation(query, terms: terms).cost.calls == CostRange(1, most))
    }

    @Test(
        arguments: [
            // Without sharing each alias and each parent makes its own calls.
            (true, false, "{ a: books { totalCount } b: books { totalCount } }", CostRange(1, 2)),
            (true, false, "{ books(first: 9) { nodes { library { books { totalCount } } } } }", CostRange(1, 10)),
            // Without planning nothing is looked for in collections.
            (false, true, "{ books(first: 100) { nodes { shelf { id } } } }", CostRange(1, 101)),
            (false, true, "{ shelves(first: 20) { nodes { books { totalCount } } } }", CostRange(1, 21)),
            (false, true, #"{ a: book(id: "a") { id } b: book(id: "b") { id } }"#, CostRange(2, 2)),
        ]
    )
    func estimateRespectsDisabledOptimizations(plans: Bool, shares: Bool, query: String, calls: CostRange) throws {
        var options = CallOptimizations()
        options.batching = plans
        options.deduplication = shares
        let terms = CostContext(workspaceCount: 1, options: options)
        #expect(try EstimatedOperation(query, terms: terms).cost.calls == calls)
    }

    @Test func variablesCountAsLiteralsDo() throws {
        let query = "query($n: Int, $id: ID!) { books(first: $n) { nodes { reader { id } } } book(id: $id) { id } }"
        let cost = try EstimatedOperation(query, variables: ["n": 120, "id": "b"]).cost
        #expect(cost.calls == CostRange(1, 123))
    }

    @Test func stepsAreATreeWithPaths() throws {
        let query = "{ top: shelves(first: 20) { nodes { books(first: 5) { nodes { reader { id } } } } } me { id } }"
        let estimated = try EstimatedOperation(query)
        #expect(
            estimated.lines == [
                "top 1...1", "  top.nodes.books 0...22", "    top.nodes.books.nodes.reader 0...100", "me 1...1",
            ]
        )
        #expect(estimated.cost.steps.map(\.rows) == [20, 100, 100, 1].map { CostRange(0, $0) })
        #expect(
            estimated.cost.mostExpensive(2).map { "\($0.path) \($0.calls)" } == [
                "top.nodes.books.nodes.reader 100", "top.nodes.books 22",
            ]
        )
    }
}
