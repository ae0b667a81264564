import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// The example of the README and the demo, from socket to socket.
@Suite struct BoardTests {
    @Test func theExampleTakesOneCallPerCollectionAndDistinctProject() async throws {
        try await withSandbox { sandbox, gateway in
            let response = try await gateway.query(RepositoryFile.text("examples/board.graphql"), key: acme)
            let json = try response.json()
            #expect(response.status == 200)
            #expect(json["errors"] == nil)
            #expect(json["data"]?["projects"]?["totalCount"] == 60)
            let projects = try #require(json["data"]?["projects"]?["nodes"]?.arrayValue)
            #expect(projects.count == 3)
            for project in projects {
                let issues = try #require(project["issues"]?["nodes"]?.arrayValue)
                #expect(!issues.isEmpty)
                for issue in issues {
                    #expect(issue["project"]?["name"] == project["name"])
                    #expect(issue["customFields"]?["all"]?["risk_score"] == issue["customFields"]?["riskScore"])
                }
            }
            // One list of projects and three lists of issues; the projects that issues name are those already there.
            #expect(sandbox.calls().total == 4)
        }
    }

    @Test(arguments: [
        (plans: true, routes: ["GET /issues": 1, "GET /projects": 1]),
        (plans: false, routes: ["GET /issues": 1, "GET /projects/:id": 10]),
    ])
    func hundredIssuesOfTenProjectsMakeTwoCallsAndElevenWithoutPlanning(
        plans: Bool,
        routes: [String: Int]
    ) async throws {
        var spending = CallOptimizations()
        spending.batching = plans
        try await withSandbox(projects: 11, spending: spending) { sandbox, gateway in
            let query = "{ issues(first: 100) { nodes { id project { id name } } } }"
            let response = try await gateway.query(query, key: acme)
            let nodes = try #require(response.json()["data"]?["issues"]?["nodes"]?.arrayValue)
            #expect(nodes.count == 100)
            let projects = Set(nodes.compactMap { $0["project"]?["id"]?.stringValue })
            #expect(projects.count == 10)
            #expect(sandbox.calls().keys[acme]?.routes == routes)
        }
    }

    @Test func twoAliasesWithTheSameArgumentsMakeOneCall() async throws {
        try await withSandbox { sandbox, gateway in
            let query = """
                { a: issues(first: 3, status: "open") { nodes { id } } b: issues(first: 3, status: "open") { nodes { title } } }
                """
            let json = try await gateway.query(query, key: acme).json()
            #expect(json["data"]?["a"]?["nodes"]?.arrayValue?.count == 3)
            #expect(json["data"]?["b"]?["nodes"]?.arrayValue?.count == 3)
            #expect(sandbox.calls().total == 1)
        }
    }

    @Test func branchesThatFailLeaveTheOthers() async throws {
        try await withSandbox { sandbox, gateway in
            let query = """
                {
                  missing: project(id: "proj_none") { id }
                  bad: issues(sort: "nonsense") { totalCount }
                  good: projects { totalCount }
                }
                """
            let json = try await gateway.query(query, key: acme).json()
            #expect(json["data"]?["missing"] == .null)
            #expect(json["data"] == .null || json["data"]?["good"]?["totalCount"] == 60)
            let error = try #require(json["errors"]?[0])
            #expect(error["path"] == ["bad"])
            #expect(error["extensions"]?["code"] == "BAD_USER_INPUT")
        }
    }

    @Test func windowsAreCutFromWholePages() async throws {
        try await withSandbox { sandbox, gateway in
            let query = """
                query($after: String) {
                  issues(first: 150, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } totalCount }
                }
                """
            let first = try await gateway.query(query, key: acme).json()["data"]?["issues"]
            let cursor = try #require(first?["pageInfo"]?["endCursor"])
            let response = try await gateway.query(query, variables: ["after": cursor], key: acme)
            let second = try response.json()["data"]?["issues"]
            let nodes = [first, second].compactMap { $0?["nodes"]?.arrayValue }.flatMap { $0 }
            let ids = nodes.compactMap { $0["id"]?.stringValue }
            #expect(ids.count == 300)
            #expect(Set(ids).count == 300)
            #expect(first?["totalCount"] == 1000)
            #expect(first?["pageInfo"]?["hasNextPage"] == true)
            // Pages 1 and 2; then page 3, as page 2 is cached.
            #expect(sandbox.calls().total == 3)
        }
    }

    @Test func anUnknownKeyGetsTheUpstreamsError() async throws {
        try await withSandbox { _, gateway in
            let response = try await gateway.query("{ projects { totalCount } }", key: "wsk_live_nobody")
            let error = try #require(response.json()["errors"]?[0])
            #expect(error["extensions"]?["code"] == "UNAUTHENTICATED")
            #expect(!response.text.contains("wsk_live_nobody"))
        }
    }

    private let acme = "wsk_live_acme"

    private func withSandbox(
        projects: Int = 60,
        spending: CallOptimizations = CallOptimizations(),
        _ body: (SandboxServer, GatewayUnderTest) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.projects = projects
        configuration.plan = .unlimited
        let sandbox = try await SandboxServer.start(configuration: configuration)
        let upstream = "\(sandbox.baseURL)/api/v1"
        var options = GatewayUnderTest.Options()
        options.spending = spending
        try await GatewayUnderTest.run(
            schema: RepositoryFile.schema(),
            upstream: upstream,
            options: options
        ) { gateway in
            try await body(sandbox, gateway)
        }
        try await sandbox.shutdown()
    }
}
