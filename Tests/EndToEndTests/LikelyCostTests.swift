import Gateway
import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// The limit on calls applies to what an operation is likely to take, given what is known of lists and what is cached.
@Suite struct LikelyCostTests {
    private static let ends = "{ projects(first: 50) { nodes { id issues(last: 5) { nodes { id } } } } }"
    private static let allIssues = "{ issues(first: 1000) { totalCount } projects(first: 60) { totalCount } }"

    private func withGateway(
        limit: Int = 5000,
        rows: Int = .max,
        bytes: Int = .max,
        count: CountVariant = .total,
        _ change: (inout SandboxConfiguration) -> Void = { _ in },
        _ body: (SandboxUnderTest, GatewayUnderTest) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.plan = .unlimited
        configuration.behavior.count = count
        change(&configuration)
        var options = GatewayUnderTest.Options()
        options.limits.maximumCalls = limit
        options.limits.maximumRows = rows
        options.limits.maximumResponseBytes = min(bytes, options.limits.maximumResponseBytes)
        let schema = try RepositoryFile.schemaText()
            .replacing("maxAge: 30, staleWhileRevalidate: 30", with: "maxAge: 3600, staleWhileRevalidate: 0")
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway(schema: schema, options: options) { try await body(sandbox, $0) }
        }
    }

    @Test func lastOfManyListsIsNotRefusedAsTooExpensive() async throws {
        try await withGateway { sandbox, gateway in
            let response = try await gateway.askFirst(Self.ends).json()
            #expect(response["errors"] == nil)
            #expect(response["data"]?["projects"]?["nodes"]?.arrayValue?.count == 50)
            #expect(sandbox.server.calls().total <= 51)
        }
    }

    @Test func whatIsCachedDoesNotCountForTheLimit() async throws {
        try await withGateway(limit: 20) { sandbox, gateway in
            let refused = try await gateway.askFirst(Self.ends).json()
            #expect(refused["errors"]?[0]?["extensions"]?["code"] == "TOO_EXPENSIVE")
            #expect(sandbox.server.calls().total == 0)
            let all = try await gateway.askFirst(Self.allIssues).json()
            #expect(all["errors"] == nil)
            let calls = sandbox.server.calls().total
            #expect(try await gateway.askFirst(Self.ends).json()["errors"] == nil)
            #expect(sandbox.server.calls().total == calls)
        }
    }

    /// What others have asked for may be read along, but never at the cost of an operation's own calls.
    @Test(arguments: [1, 2, 3]) func callsForOtherRequestsNeverExceedAnOperationsLimit(limit: Int) async throws {
        try await withGateway(limit: limit) { sandbox, gateway in
            let issues = try await sandbox.ids(of: "issues", key: "wsk_live_acme").sorted().prefix(12)
            let projects = try await sandbox.ids(of: "projects", key: "wsk_live_acme").sorted().prefix(12)
            for (issue, project) in zip(issues, projects) {
                for query in [
                    "{ issue(id: \"\(issue)\") { id } }",
                    "{ issues(projectId: \"\(project)\", first: 3) { nodes { id } } }",
                ] {
                    let response = try await gateway.askFirst(query).json()
                    #expect(response["errors"] == nil, "\(query): \(response)")
                }
            }
        }
    }

    @Test func listsThatAreCutFromOneCountAsThatOne() async throws {
        let lists = (0..<30).map { "a\($0): issues(assigneeId: \"user_\($0)\", first: 2) { nodes { id } }" }
        let query = "{ \(lists.joined(separator: " ")) }"
        let open = #"{ projects(first: 60) { nodes { issues(status: "open", first: 2) { nodes { id } } } } }"#
        try await withGateway(limit: 20) { sandbox, gateway in
            let all = try await gateway.askFirst(Self.allIssues).json()
            #expect(all["errors"] == nil)
            let calls = sandbox.server.calls().total
            let cut = try await gateway.askFirst(query).json()
            #expect(cut["errors"] == nil)
            let cutBelow = try await gateway.askFirst(open).json()
            #expect(cutBelow["errors"] == nil)
            #expect(sandbox.server.calls().total == calls)
        }
        // What is guaranteed is guaranteed, whether or not anything is known.
        try await withGateway { sandbox, gateway in
            let headers = [
                (name: "Content-Type", value: "application/json"), (name: "Gateway-Report", value: "calls"),
                (name: "Authorization", value: "Bearer \(SandboxUnderTest.ownerKey(SandboxUnderTest.slugs[0]))"),
            ]
            let body: JSONValue = ["query": .string(query)]
            let response = try await gateway.send("POST", "/graphql", headers: headers, body: body.serialized()).json()
            let report = response["extensions"]?["calls"]
            #expect(report?["estimated"]?["min"] == 1)
            #expect(sandbox.server.calls().total < 30)
        }
    }

    /// Objects of lists of unknown size are no more than those of the list that has all of them.
    @Test func rowsAreCompletedNoMoreOftenThanThereAreObjects() async throws {
        let query = """
            { projects(first: 100, status: "active") {
                nodes { issues(first: 100, status: "open") { nodes { id description } } } } }
            """
        let summaries = { (configuration: inout SandboxConfiguration) in
            configuration.behavior.rows = .summary
            configuration.issues = 60
            configuration.projects = 5
        }
        try await withGateway(limit: 500, summaries) { sandbox, gateway in
            let all = try await gateway.askFirst("{ issues(first: 100) { totalCount nodes { description } } }").json()
            #expect(all["errors"] == nil)
            let shown = try await gateway.askFirst(query).json()
            #expect(shown["errors"] == nil)
        }
    }

    @Test func aFieldThatTakesMoreCallsThanWasLikelyFailsAtItsOwnPath() async throws {
        // Without a count the end of a list shows only when all of its pages are read.
        try await withGateway(limit: 5, count: .missing) { sandbox, gateway in
            let query = "{ projects(first: 3) { nodes { id } } issues(last: 5) { nodes { id } } }"
            let response = try await gateway.askFirst(query).json()
            let errors = response["errors"]?.arrayValue ?? []
            #expect(errors.map { $0["path"] } == [["issues"]])
            #expect(errors.map { $0["extensions"]?["code"] } == ["TOO_EXPENSIVE"])
            #expect(response["data"]?["issues"]?.isNull == true)
            #expect(response["data"]?["projects"]?["nodes"]?.arrayValue?.count == 3)
            #expect(sandbox.server.calls().total <= 5)
        }
    }

    @Test func callsOfABatchShareWhatTheyMayTake() async throws {
        try await withGateway(limit: 5, count: .missing) { sandbox, gateway in
            let messages: JSONValue = [
                ["jsonrpc": "2.0", "id": 1, "method": "issues.list", "params": ["last": 5]],
                ["jsonrpc": "2.0", "id": 2, "method": "projects.list", "params": ["first": 3]],
            ]
            let headers = [
                (name: "Content-Type", value: "application/json"),
                (name: "Authorization", value: "Bearer \(SandboxUnderTest.ownerKey("acme"))"),
            ]
            let response = try await gateway.send("POST", "/rpc", headers: headers, body: messages.serialized()).json()
            #expect(response[0]?["error"]?["data"]?["code"] == "TOO_EXPENSIVE")
            #expect(response[1]?["result"]?["nodes"]?.arrayValue?.count == 3)
            // Five for the first, which may take more, and one for the second, which may not.
            #expect(sandbox.server.calls().total == 6)
        }
    }

    @Test func anOperationThatCertainlyShowsTooManyRowsIsRefused() async throws {
        try await withGateway(rows: 2500) { sandbox, gateway in
            let query =
                "{ a: issues(first: 1000) { nodes { id } } b: issues(first: 1000) { nodes { title } } c: issues(first: 1000) { nodes { status } } }"
            let all = try await gateway.askFirst(Self.allIssues).json()
            #expect(all["errors"] == nil)
            let calls = sandbox.server.calls().total
            let refused = try await gateway.askFirst(query).json()
            let paths: JSONValue = [
                ["path": "a", "rows": 1000], ["path": "b", "rows": 1000], ["path": "c", "rows": 1000],
            ]
            #expect(refused["errors"]?[0]?["extensions"] == ["code": "TOO_EXPENSIVE", "limit": 2500, "paths": paths])
            #expect(sandbox.server.calls().total == calls)
        }
    }

    @Test func aLowLimitOfRowsHoldsForOneList() async throws {
        try await withGateway(rows: 5) { _, gateway in
            // How many rows there are is not known before.
            _ = try await gateway.askFirst("{ issues(first: 5) { totalCount } }").json()
            let refused = try await gateway.askFirst("{ issues(first: 6) { nodes { id } } }").json()
            #expect(refused["errors"]?[0]?["extensions"]?["code"] == "TOO_EXPENSIVE")
            #expect(refused["errors"]?[0]?["extensions"]?["limit"] == 5)
            let allowed = try await gateway.askFirst("{ issues(first: 5) { nodes { id } } }").json()
            #expect(allowed["data"]?["issues"]?["nodes"]?.arrayValue?.count == 5)
        }
    }

    @Test func anOperationThatCertainlyShowsTooManyBytesIsRefused() async throws {
        try await withGateway(bytes: 50_000) { sandbox, gateway in
            let rows = "issues(first: 1000) { nodes { id title status } }"
            let all = try await gateway.askFirst(Self.allIssues).json()
            #expect(all["errors"] == nil)
            let calls = sandbox.server.calls().total
            let refused = try await gateway.askFirst("{ a: \(rows) b: \(rows) }").json()
            #expect(refused["errors"]?[0]?["extensions"]?["code"] == "TOO_EXPENSIVE")
            #expect(refused["errors"]?[0]?["extensions"]?["limit"] == 50_000)
            #expect(refused["errors"]?[0]?["message"]?.stringValue?.contains("bytes") == true)
            #expect(sandbox.server.calls().total == calls)
        }
    }
}
