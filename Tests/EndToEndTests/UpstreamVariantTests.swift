import Gateway
import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// The same queries have the same responses under every API variant.
@Suite struct UpstreamVariantTests {
    /// A query whose response no variant may change.
    struct Question: Sendable {
        let name: String
        let text: String
        /// The most calls that it may take on its own, whatever the variant.
        let mostCalls: Int
        /// How many objects it asks for whole: where rows are summaries, each costs a call.
        var wholeObjects = 0
        /// How many totals it asks for that take another page where nothing is counted, until one has shown what a last page looks like.
        var uncertainTotals = 0
        /// Whether it is asked with the keys of all workspaces.
        var spansWorkspaces = false
    }

    /// The objects of the sandbox that the questions name.
    struct Names: Sendable {
        let project: String
        let trashedProject: String
        let issue: String
        let trashedIssue: String
    }

    static func questions(_ names: Names) -> [Question] {
        [
            Question(
                name: "nested lists and totals",
                text: """
                    { projects(first: 6, sort: "name", order: ASC) { totalCount nodes { id name issues(first: 3, \
                    sort: "created_at", order: DESC) { totalCount nodes { id title project { id name } } pageInfo \
                    { hasNextPage endCursor } } } } }
                    """,
                mostCalls: 8,
                uncertainTotals: 3
            ),
            Question(
                name: "window over two pages",
                text: """
                    { issues(first: 120, sort: "created_at", order: ASC) { edges { cursor node { id } } pageInfo \
                    { hasNextPage hasPreviousPage startCursor endCursor } } }
                    """,
                mostCalls: 2
            ),
            Question(
                name: "the end of a list",
                text: """
                    { issues(last: 7, sort: "created_at", order: ASC) { totalCount nodes { id } pageInfo \
                    { hasNextPage hasPreviousPage } } }
                    """,
                mostCalls: 3
            ),
            Question(
                name: "all of a list",
                text: #"{ issues(first: 1000, sort: "created_at", order: ASC) { totalCount nodes { id } } }"#,
                mostCalls: 3
            ),
            Question(
                name: "by key",
                text: """
                    { issue(id: "\(names.issue)") { id title description labels customFields { all } project { id name \
                    description } } }
                    """,
                mostCalls: 2
            ),
            Question(
                name: "missing and trashed objects",
                text: """
                    { never: issue(id: "task_none") { id } trashed: issue(id: "\(names.trashedIssue)") { id } \
                    there: issue(id: "\(names.issue)") { id } neverProject: project(id: "proj_none") { id } \
                    trashedProject: project(id: "\(names.trashedProject)") { id name } }
                    """,
                mostCalls: 7
            ),
            Question(
                name: "rows that name a trashed object",
                text: """
                    { issues(first: 100, sort: "created_at", order: ASC) { nodes { id projectId project { id name } } } }
                    """,
                mostCalls: 3
            ),
            Question(
                name: "deep pages",
                text: """
                    { last: issues(page: 23, perPage: 10, sort: "created_at", order: ASC) { nodes { id } pageInfo \
                    { hasNextPage hasPreviousPage } } past: issues(page: 40, perPage: 10, sort: "created_at", order: ASC) \
                    { nodes { id } pageInfo { hasNextPage endCursor } } }
                    """,
                mostCalls: 3
            ),
            Question(
                name: "custom fields",
                text: """
                    { issues(first: 4, sort: "created_at", order: DESC) { nodes { id description labels dueDate \
                    customFields { all value(key: "budget") entries { key value } } } } }
                    """,
                mostCalls: 1,
                wholeObjects: 4
            ),
            Question(
                name: "merged workspaces",
                text: """
                    { issues(first: 30, sort: "created_at", order: DESC) { nodes { id workspace { slug } project { name } } \
                    pageInfo { endCursor hasNextPage } } projects(workspaces: ["acme", "globex"], sort: "name", order: ASC) \
                    { totalCount nodes { id name } } }
                    """,
                mostCalls: 9,
                spansWorkspaces: true
            ),
            Question(
                name: "custom fields of merged workspaces",
                text: """
                    { issues(first: 6, sort: "created_at", order: DESC) { nodes { id description customFields { all } } } }
                    """,
                mostCalls: 3,
                wholeObjects: 6,
                spansWorkspaces: true
            ),
            Question(
                name: "all of merged workspaces",
                text: #"{ issues(first: 1000, sort: "created_at", order: ASC) { totalCount nodes { nodeId } } }"#,
                mostCalls: 9,
                spansWorkspaces: true
            ),
            Question(
                name: "merged workspaces without an order",
                text: "{ issues(first: 5) { nodes { id createdAt workspace { slug } } } }",
                mostCalls: 3,
                spansWorkspaces: true
            ),
            Question(
                name: "a workspace by name",
                text: """
                    { workspace(slug: "globex") { slug projects(first: 2, sort: "name", order: ASC) { totalCount nodes \
                    { id nodeId workspace { slug } } } } }
                    """,
                mostCalls: 1,
                spansWorkspaces: true
            ),
            Question(
                name: "a branch that fails",
                text: #"{ bad: issues(sort: "nonsense") { totalCount } good: projects { totalCount } }"#,
                mostCalls: 2
            ),
        ]
    }

    @Test(arguments: UpstreamVariant.all)
    func noVariantChangesAResponse(variant: UpstreamVariant) async throws {
        let expected = try await Self.usual.value
        let actual = try await Self.responses(variant.apply)
        #expect(actual.count == expected.count)
        for ((question, response, calls), (_, usual, _)) in zip(actual, expected) {
            #expect(variant.essence(response) == variant.essence(usual), "\(question.name)")
            let most =
                question.mostCalls + (variant.showsSummaries ? question.wholeObjects : 0)
                + (variant.countsNothing ? question.uncertainTotals : 0)
            #expect(calls <= most, "\(question.name): \(calls) calls")
        }
    }

    @Test func comparedQueriesHaveDataWithoutErrors() async throws {
        for (question, response, _) in try await Self.usual.value where question.name != "a branch that fails" {
            #expect(response["errors"] == [], "\(question.name)")
            #expect(response["data"]?.isNull == false, "\(question.name)")
        }
    }

    @Test(arguments: [Validators.etag, .lastModified])
    func staleResponsesAreRevalidated(validators: Validators) async throws {
        let stale = try RepositoryFile.schemaText()
            .replacing("maxAge: 30, staleWhileRevalidate: 30", with: "maxAge: 0, staleWhileRevalidate: 0")
        let configuration = SandboxUnderTest.configuration { $0.behavior.validators = validators }
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway(schema: stale) { gateway in
                let query = #"{ issues(first: 200) { nodes { id title updatedAt } } }"#
                let first = try await gateway.askFirst(query).json()
                #expect(try await gateway.askFirst(query).json() == first)
                #expect(sandbox.server.calls().count(ofStatus: 304) == 2)
                let changed = try #require(sandbox.server.changeRows().first { $0.workspace == "acme" })
                let all = #"{ issues(first: 1000) { nodes { id title } } }"#
                let nodes = try #require(
                    try await gateway.askFirst(all).json()["data"]?["issues"]?["nodes"]?.arrayValue
                )
                #expect(nodes.contains(["id": .string(changed.id), "title": .string(changed.title)]))
            }
        }
    }

    @Test(arguments: CountVariant.allCases)
    func totalsAreRightOrNull(count: CountVariant) async throws {
        let configuration = SandboxUnderTest.configuration { $0.behavior.count = count }
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway { gateway in
                let query = #"{ issues(first: 10) { totalCount pageInfo { hasNextPage } } }"#
                let issues = try await gateway.askFirst(query).json()["data"]?["issues"]
                #expect(issues?["totalCount"] == (count == .total ? 230 : .null))
                #expect(issues?["pageInfo"]?["hasNextPage"] == true)
            }
        }
    }

    @Test(arguments: ErrorShape.allCases, RetryAfter.allCases)
    func anExhaustedLimitIsReportedInEveryShape(shape: ErrorShape, retryAfter: RetryAfter) async throws {
        let configuration = SandboxUnderTest.configuration { configuration in
            configuration.plan = SandboxPlan(reads: 2, writes: 1, anonymous: 1)
            configuration.behavior.errors = shape
            configuration.behavior.retryAfter = retryAfter
            configuration.behavior.rateLimitHeaders = .absent
        }
        var options = GatewayUnderTest.Options()
        options.limits.timeout = .seconds(1)
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway(options: options) { gateway in
                let query =
                    #"{ a: issue(id: "task_1") { id } b: issue(id: "task_2") { id } c: projects { totalCount } }"#
                let json = try await gateway.askFirst(query).json()
                let error = try #require(json["errors"]?.arrayValue?.first)
                #expect(json["errors"]?.arrayValue?.count == 1)
                #expect(error["extensions"]?["code"] == "RATE_LIMITED")
                #expect(error["extensions"]?["workspace"] == "acme")
                #expect((1...61).contains(error["extensions"]?["retryAfter"]?.intValue ?? 0))
                // From then on the gateway knows: it does not call again.
                let calls = sandbox.server.calls().total
                let again = try await gateway.askFirst(#"{ issue(id: "task_3") { id } }"#).json()
                #expect(again["errors"]?[0]?["extensions"]?["code"] == "RATE_LIMITED")
                #expect(sandbox.server.calls().total == calls)
            }
        }
    }

    // MARK: - Set-up

    /// The results under the default variants, found out once.
    private static let usual = Task { try await responses { _ in } }

    /// The results of all questions, each from a gateway that knows nothing, and the calls that it took.
    ///
    /// Errors are shown by path and code, as their texts are the upstream's.
    private static func responses(
        _ apply: @Sendable (inout SandboxBehavior) -> Void
    ) async throws -> [(Question, JSONValue, Int)] {
        let configuration = SandboxUnderTest.configuration { apply(&$0.behavior) }
        return try await SandboxUnderTest.run(configuration) { sandbox in
            let names = try await prepare(sandbox)
            var responses: [(Question, JSONValue, Int)] = []
            for question in questions(names) {
                let before = sandbox.server.calls().total
                let response = try await sandbox.withGateway { gateway in
                    let isWide = question.spansWorkspaces
                    return try await (isWide ? gateway.askAll(question.text) : gateway.askFirst(question.text)).json()
                }
                let errors = (response["errors"]?.arrayValue ?? []).map { error -> JSONValue in
                    ["path": error["path"] ?? .null, "code": error["extensions"]?["code"] ?? .null]
                }
                let shown: JSONValue = ["data": response["data"] ?? .null, "errors": .array(errors)]
                responses.append((question, shown, sandbox.server.calls().total - before))
            }
            return responses
        }
    }

    /// Chooses objects, and puts some of them into the trash.
    private static func prepare(_ sandbox: SandboxUnderTest) async throws -> Names {
        let key = SandboxUnderTest.ownerKey("acme")
        let lists = try await sandbox.send(
            [
                ("GET", "/projects?sort=id&order=asc&per_page=100"),
                ("GET", "/issues?sort=created_at&order=asc&per_page=100"),
            ],
            key: key
        )
        let projects = lists[0]["data"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
        let issues = lists[1]["data"]?.arrayValue ?? []
        let trashed = try #require(issues.first?["project_id"]?.stringValue)
        let names = Names(
            project: try #require(projects.first { $0 != trashed }),
            trashedProject: trashed,
            issue: try #require(issues.first { $0["project_id"]?.stringValue != trashed }?["id"]?.stringValue),
            trashedIssue: try #require(issues.last?["id"]?.stringValue)
        )
        _ = try await sandbox.send(
            [("DELETE", "/projects/\(names.trashedProject)"), ("DELETE", "/issues/\(names.trashedIssue)")],
            key: key
        )
        return names
    }
}
