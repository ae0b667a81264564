import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// What is asked for one after another takes no more calls than twice the least.
@Suite struct OneByOneTests {
    private static let issue = "query($id: ID!) { issue(id: $id) { id title } }"

    private func withIssues(
        _ body: (SandboxUnderTest, GatewayUnderTest, [String]) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.plan = .unlimited
        try await SandboxUnderTest.run(configuration) { sandbox in
            let pages = try await sandbox.send(
                (1...10).map { ("GET", "/issues?page=\($0)&per_page=100") },
                key: SandboxUnderTest.ownerKey("acme")
            )
            let ids = pages.flatMap { $0["data"]?.arrayValue ?? [] }.compactMap { $0["id"]?.stringValue }
            sandbox.server.reset()
            // Neighbors would be on one page.
            let spread = (0..<5).flatMap { start in stride(from: start, to: ids.count, by: 5).map { ids[$0] } }
            try await sandbox.withGateway(schema: Self.schema()) { try await body(sandbox, $0, spread) }
        }
    }

    private static func schema() throws -> String {
        try RepositoryFile.schemaText()
            .replacing("maxAge: 30, staleWhileRevalidate: 30", with: "maxAge: 3600, staleWhileRevalidate: 0")
    }

    @Test(arguments: [(ids: 200, calls: 20), (ids: 3, calls: 6)])
    func objectsByIDOneAfterAnotherTakeFewCalls(ids: Int, calls: Int) async throws {
        try await withIssues { sandbox, gateway, issues in
            for id in issues.prefix(ids) {
                let response = try await gateway.askFirst(Self.issue, variables: ["id": .string(id)]).json()
                #expect(response["data"]?["issue"]?["id"] == .string(id))
            }
            #expect(sandbox.server.calls().total <= calls)
        }
    }

    @Test func idsThatDoNotExistTakeACallEach() async throws {
        try await withIssues { sandbox, gateway, _ in
            for number in 0..<20 {
                let id = "task_none\(number)"
                let response = try await gateway.askFirst(Self.issue, variables: ["id": .string(id)]).json()
                #expect(response == ["data": ["issue": .null]])
            }
            #expect(sandbox.server.calls().total == 20)
        }
    }

    @Test func successiveBoardsReadTheWholeListOnceItSavesCalls() async throws {
        try await withIssues { sandbox, gateway, _ in
            let list = try await gateway.askFirst("{ projects(first: 60) { nodes { id } } }").json()
            let projects = list["data"]?["projects"]?["nodes"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
            #expect(projects.count == 60)
            let board =
                "query($id: ID!) { project(id: $id) { issues(first: 100) { totalCount nodes { id projectId } } } }"
            for project in projects {
                let issues = try await gateway.askFirst(board, variables: ["id": .string(project)]).json()["data"]?[
                    "project"
                ]?["issues"]
                let rows = issues?["nodes"]?.arrayValue ?? []
                #expect(issues?["totalCount"] == .integer(rows.count))
                #expect(rows.allSatisfy { $0["projectId"] == .string(project) })
            }
            // The list of projects, ten lists of issues, and the ten pages of the whole.
            #expect(sandbox.server.calls().total <= 22)
        }
    }
}
