import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// Clients that come back all at once, when nothing is cached, share the calls that their key makes.
@Suite(.timeLimit(.minutes(15))) struct ColdStartTests {
    private static let keys = ["wsk_live_acme", "wsk_live_acme_alice", "wsk_live_acme_bob"]
    private static let issues = "{ issues(first: 100) { nodes { id title project { id name } } } }"
    private static let projects = "{ projects(first: 20) { nodes { id name } } }"
    private static let issue = "query($id: ID!) { issue(id: $id) { id title status } }"
    private static let board =
        "query($id: ID!) { project(id: $id) { id name issues(first: 100) { totalCount nodes { id title status } } } }"

    /// A request of a client.
    private struct Request: Sendable {
        let key: String
        let query: String
        var variables = JSONObject()
    }

    @Test func sixtyRequestsOfThreeKeysTakeAtMostTwentySixCalls() async throws {
        var configuration = SandboxConfiguration()
        configuration.plan = .unlimited
        try await SandboxUnderTest.run(configuration) { sandbox in
            let ids = try await ids(sandbox)
            sandbox.server.reset()
            try await sandbox.withGateway(options: Self.patient) { gateway in
                let lists = Self.keys.flatMap { key in
                    [Self.issues, Self.projects].flatMap { query in
                        (0..<5).map { _ in Request(key: key, query: query) }
                    }
                }
                let objects = Self.keys.flatMap { key in
                    ids.issues.map { Request(key: key, query: Self.issue, variables: ["id": .string($0)]) }
                        + ids.projects.map { Request(key: key, query: Self.board, variables: ["id": .string($0)]) }
                }
                #expect(lists.count + objects.count == 60)
                try await withThrowingTaskGroup(of: JSONValue?.self) { group in
                    for request in lists { group.addTask { try await Self.errors(of: request, gateway) } }
                    // The lists are on their way, or there, when objects are asked for.
                    while sandbox.server.calls().total < 2 * Self.keys.count, !Task.isCancelled { await Task.yield() }
                    for request in objects { group.addTask { try await Self.errors(of: request, gateway) } }
                    for try await errors in group { #expect(errors == nil) }
                }
                #expect(sandbox.server.calls().total <= 26)
            }
        }
    }

    @Test(arguments: ["issue(id: $id) { id title }", "a: issue(id: $id) { id } b: issue(id: $id) { id status }"])
    func anObjectBesideItsListTakesNoCall(object: String) async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            let id = try #require(try await ids(sandbox).issues.last)
            sandbox.server.reset()
            try await sandbox.withGateway(options: Self.patient) { gateway in
                let query = "query($id: ID!) { \(object) issues(first: 5) { totalCount } }"
                let response = try await gateway.askFirst(query, variables: ["id": .string(id)]).json()
                #expect(response["errors"] == nil)
                #expect(response["data"]?[object.hasPrefix("a") ? "b" : "issue"]?["id"] == .string(id))
                #expect(sandbox.server.calls().total == 1)
            }
        }
    }

    /// Lists take their time on a busy machine.
    private static var patient: GatewayUnderTest.Options {
        var options = GatewayUnderTest.Options()
        options.spending.longestWaitForLists = .seconds(600)
        return options
    }

    private static func errors(of request: Request, _ gateway: GatewayUnderTest) async throws -> JSONValue? {
        try await gateway.query(request.query, variables: request.variables, key: request.key).json()["errors"]
    }

    /// Ids of projects and issues that the first page of their list shows.
    private func ids(_ sandbox: SandboxUnderTest) async throws -> (projects: [String], issues: [String]) {
        let lists = try await sandbox.send(
            [("GET", "/projects?per_page=100"), ("GET", "/issues?per_page=100")],
            key: Self.keys[0]
        )
        let ids = lists.map { $0["data"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? [] }
        return (Array(ids[0].prefix(5)), Array(ids[1].prefix(5)))
    }
}
