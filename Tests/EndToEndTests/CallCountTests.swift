import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// How many upstream calls a query takes, cold and warm, and that it has the same response however calls are spent.
@Suite struct CallCountTests {
    /// A query, and the most calls that it may take.
    struct Scenario: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let query: String
        /// The calls without planning, sharing within the request or caching: one for each field.
        let perField: ClosedRange<Int>
        /// The calls with keys collected for each request.
        let perRequest: ClosedRange<Int>
        let cold: ClosedRange<Int>
    }

    static let scenarios = [
        Scenario(
            testDescription: "20 projects with 5 open issues each and their totals",
            query:
                #"{ projects(first: 20) { nodes { id issues(status: "open", first: 5) { totalCount nodes { id title } } } } }"#,
            perField: 21...21,
            perRequest: 21...21,
            cold: 1...11
        ),
        Scenario(
            testDescription: "100 issues with their projects",
            query: "{ issues(first: 100) { nodes { id project { id name } } } }",
            perField: 101...101,
            perRequest: 40...60,
            cold: 2...2
        ),
        Scenario(
            testDescription: "newest 50 issues over 3 workspaces with projects",
            query:
                #"{ issues(first: 50, sort: "created_at", order: DESC) { totalCount nodes { id project { name } workspace { slug } } } }"#,
            perField: 53...153,
            perRequest: 6...123,
            cold: 6...6
        ),
        Scenario(
            testDescription: "newest 250 issues over 3 workspaces",
            query:
                #"{ issues(first: 250, sort: "created_at", order: DESC) { totalCount nodes { id workspace { slug } } pageInfo { endCursor hasNextPage } } }"#,
            perField: 9...9,
            perRequest: 9...9,
            cold: 3...5
        ),
        Scenario(
            testDescription: "5 issues each of 20 projects of 3 workspaces",
            query:
                #"{ projects(first: 60, sort: "name", order: ASC) { nodes { id workspace { slug } issues(status: "open", first: 5) { totalCount nodes { id title } } } } }"#,
            // Whether a page of 20 rows that counts 20 is a capped one, another page of each workspace shows.
            perField: 63...66,
            perRequest: 63...66,
            cold: 3...33
        ),
    ]

    @Test(arguments: scenarios)
    func aQueryTakesFewCallsColdAndNoneWarm(scenario: Scenario) async throws {
        var responses: [JSONValue] = []
        for mode in Mode.allCases {
            try await withSandbox { sandbox in
                try await withGateway(sandbox, mode.spending) { gateway in
                    responses.append(try await ask(gateway, scenario.query))
                    let cold = sandbox.calls().total
                    switch mode {
                    case .perField: #expect(scenario.perField.contains(cold))
                    case .perRequest: #expect(scenario.perRequest.contains(cold))
                    case .gateway:
                        #expect(scenario.cold.contains(cold))
                        #expect(try await ask(gateway, scenario.query) == responses.last)
                        #expect(sandbox.calls().total == cold)
                    }
                }
            }
        }
        #expect(responses.allSatisfy { $0 == responses[0] })
        #expect(responses[0]["errors"] == nil)
    }

    @Test func sixtyIssuesByKeyTakeAtMostTenCalls() async throws {
        try await withSandbox { sandbox in
            let ids = try await withGateway(sandbox) { gateway in
                let query = "{ issues(first: 1000) { nodes { id } } }"
                let all = try await ask(gateway, query)["data"]?["issues"]?["nodes"]?.arrayValue ?? []
                return stride(from: 0, to: all.count, by: all.count / 60).prefix(60).compactMap {
                    all[$0]["id"]?.stringValue
                }
            }
            #expect(ids.count == 60)
            sandbox.reset()
            try await withGateway(sandbox) { gateway in
                let fields = ids.enumerated().map { "i\($0.offset): issue(id: \"\($0.element)\") { id title }" }
                let response = try await ask(gateway, "{ \(fields.joined(separator: " ")) }")
                for (index, id) in ids.enumerated() { #expect(response["data"]?["i\(index)"]?["id"] == .string(id)) }
                #expect(sandbox.calls().total <= 10)
            }
        }
    }

    @Test func windowsShareTheirPages() async throws {
        try await withSandbox { sandbox in
            try await withGateway(sandbox) { gateway in
                let query =
                    "query($after: String) { issues(first: 250, after: $after) { nodes { id } pageInfo { endCursor } } }"
                let first = try await ask(gateway, query)["data"]?["issues"]
                let cursor = try #require(first?["pageInfo"]?["endCursor"])
                let second = try await ask(gateway, query, ["after": cursor])["data"]?["issues"]
                let ids = [first, second].compactMap { $0?["nodes"]?.arrayValue }.flatMap { $0 }.compactMap {
                    $0["id"]?.stringValue
                }
                #expect(Set(ids).count == 500)
                #expect(sandbox.calls().total == 5)
            }
        }
    }

    @Test func differentQueriesOverTheSameRowsAtOnceShareTheirCalls() async throws {
        try await withSandbox(latency: .milliseconds(30)) { sandbox in
            try await withGateway(sandbox) { gateway in
                let queries = ["id title", "id status priority", "id createdAt labels"].map {
                    "{ issues(first: 100) { nodes { \($0) } } }"
                }
                try await withThrowingTaskGroup(of: JSONValue.self) { group in
                    for query in queries { group.addTask { try await ask(gateway, query) } }
                    for try await response in group { #expect(response["errors"] == nil) }
                }
                #expect(sandbox.calls().total == 1)
            }
        }
    }

    @Test func lastAndBeforePageBackwards() async throws {
        try await withSandbox { sandbox in
            try await withGateway(sandbox) { gateway in
                let all = try await ask(gateway, "{ projects(first: 60) { nodes { id } } }")
                let ids = try #require(all["data"]?["projects"]?["nodes"]?.arrayValue).compactMap {
                    $0["id"]?.stringValue
                }
                let query =
                    "query($before: String) { projects(last: 7, before: $before) { edges { node { id } cursor } pageInfo { startCursor hasPreviousPage hasNextPage } } }"
                let tail = try await ask(gateway, query)["data"]?["projects"]
                let tailIDs = tail?["edges"]?.arrayValue?.compactMap { $0["node"]?["id"]?.stringValue }
                #expect(tailIDs == Array(ids.suffix(7)))
                #expect(tail?["pageInfo"]?["hasNextPage"] == false)
                let start = try #require(tail?["pageInfo"]?["startCursor"])
                let earlier = try await ask(gateway, query, ["before": start])["data"]?["projects"]
                #expect(
                    earlier?["edges"]?.arrayValue?.compactMap { $0["node"]?["id"]?.stringValue } == Array(ids[46..<53])
                )
                #expect(earlier?["pageInfo"]?["hasPreviousPage"] == true)
            }
        }
    }

    @Test func objectsAreFoundByGlobalID() async throws {
        try await withSandbox { sandbox in
            try await withGateway(sandbox) { gateway in
                let query =
                    "{ issues(first: 2) { nodes { nodeId id title } } projects(first: 1) { nodes { nodeId id } } }"
                let data = try await ask(gateway, query)["data"]
                let issue = try #require(data?["issues"]?["nodes"]?[0])
                let project = try #require(data?["projects"]?["nodes"]?[0])
                let ids: JSONValue = [issue["nodeId"] ?? .null, project["nodeId"] ?? .null, "nonsense"]
                let nodes = try await ask(
                    gateway,
                    "query($ids: [ID!]!) { nodes(nodeIds: $ids) { __typename nodeId ... on Issue { title } ... on Project { id } } }",
                    ["ids": ids]
                )["data"]?["nodes"]
                #expect(nodes?[0]?["title"] == issue["title"])
                #expect(nodes?[0]?["nodeId"] == issue["nodeId"])
                #expect(nodes?[1]?["__typename"] == "Project")
                #expect(nodes?[1]?["id"] == project["id"])
                #expect(nodes?[2] == .null)
            }
        }
    }

    // MARK: - Set-up

    enum Mode: CaseIterable {
        case gateway
        case perRequest
        case perField

        var spending: CallOptimizations {
            var options = CallOptimizations()
            options.batching = self == .gateway
            options.caching = self == .gateway
            options.deduplication = self != .perField
            return options
        }
    }

    private func withSandbox(
        latency: Duration = .zero,
        _ body: (SandboxServer) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.plan = .unlimited
        configuration.latency = latency
        let sandbox = try await SandboxServer.start(configuration: configuration)
        try await body(sandbox)
        try await sandbox.shutdown()
    }

    private func withGateway<Value>(
        _ sandbox: SandboxServer,
        _ spending: CallOptimizations = CallOptimizations(),
        _ body: (GatewayUnderTest) async throws -> Value
    ) async throws -> Value {
        var options = GatewayUnderTest.Options()
        options.spending = spending
        let url = "\(sandbox.baseURL)/api/v1"
        return try await GatewayUnderTest.run(
            schema: RepositoryFile.schema(),
            upstreams: ["acme", "globex", "initech"].map { ($0, url) },
            options: options,
            body
        )
    }

    /// Asks with the keys of all workspaces if the query spans them, else with that of the first.
    private func ask(
        _ gateway: GatewayUnderTest,
        _ query: String,
        _ variables: JSONObject = JSONObject()
    ) async throws -> JSONValue {
        let spansAll = query.contains("workspace {")
        let others =
            spansAll ? [(slug: "globex", key: "wsk_live_globex"), (slug: "initech", key: "wsk_live_initech")] : []
        return try await gateway.query(query, variables: variables, key: "wsk_live_acme", workspaceKeys: others).json()
    }
}
