import GatewayTestSupport
import JSON
import Sandbox
import TestSupport
import Testing
import Upstream

/// After every write, cached lists are what the upstream shows: those that a write cannot concern stay cached, and those that
/// are corrected from its response are as if they had been fetched.
@Suite struct CachedListTests {
    /// The schema with responses that stay fresh for as long as a test takes.
    private static func schema() throws -> String {
        try RepositoryFile.schemaText()
            .replacing("maxAge: 30, staleWhileRevalidate: 30", with: "maxAge: 3600, staleWhileRevalidate: 0")
    }

    private struct Ids {
        var projects: [String]
        var issues: [String]
    }

    private static let statuses = ["open", "backlog", "in_progress", "done"]

    /// Whole lists: what a window shows of rows with equal sort values is up to the upstream.
    private static func reads(_ ids: Ids, _ numbers: inout SeededGenerator) -> String {
        let status = statuses[numbers.below(statuses.count)]
        let project = ids.projects[numbers.below(ids.projects.count)]
        let order = ["", ", order: ASC", ", sort: \"updated_at\"", ", sort: \"title\", order: ASC"][numbers.below(4)]
        let rows = "{ totalCount nodes { id title status projectId assigneeId } pageInfo { hasNextPage } }"
        switch numbers.below(6) {
        case 0: return "{ issues(first: 1000\(order)) \(rows) }"
        case 1: return "{ issues(first: 1000, status: \"\(status)\"\(order)) \(rows) }"
        case 2: return "{ issues(first: 1000, projectId: \"\(project)\"\(order)) \(rows) }"
        case 3: return "{ issues(first: 1000, projectId: \"\(project)\", status: \"\(status)\") \(rows) }"
        case 4: return "{ projects(first: 100) { nodes { id issues(first: 1000, status: \"\(status)\") \(rows) } } }"
        default:
            return "{ issue(id: \"\(ids.issues[numbers.below(ids.issues.count)])\") { id title status projectId } }"
        }
    }

    private static func write(_ ids: Ids, _ numbers: inout SeededGenerator, step: Int) -> String? {
        let status = statuses[numbers.below(statuses.count)]
        let project = ids.projects[numbers.below(ids.projects.count)]
        let issue = ids.issues[numbers.below(ids.issues.count)]
        let changes = [
            "title: \"Step \(step)\"", "status: \"\(status)\"", "projectId: \"\(project)\"", "assigneeId: null",
            "title: \"Step \(step)\", status: \"\(status)\", projectId: \"\(project)\"",
        ]
        switch numbers.below(8) {
        case 0:
            return """
                mutation { createIssue(input: { projectId: "\(project)", title: "New \(step)", status: "\(status)" }) \
                { issue { id } } }
                """
        case 1: return "mutation { deleteIssue(id: \"\(issue)\") { deletedId } }"
        case 2: return nil
        default:
            let change = changes[numbers.below(changes.count)]
            return "mutation { updateIssue(id: \"\(issue)\", input: { \(change) }) { issue { id title } } }"
        }
    }

    @Test(arguments: UpstreamVariant.all) func listsAreAsTheUpstreamShowsThemAfterEveryWrite(
        variant: UpstreamVariant
    ) async throws {
        let configuration = SandboxUnderTest.configuration { configuration in
            variant.apply(&configuration.behavior)
            configuration.issues = 130
            configuration.projects = 6
        }
        var plain = GatewayUnderTest.Options()
        plain.spending.caching = false
        plain.spending.batching = false
        plain.resultBytes = 0
        try await SandboxUnderTest.run(configuration) { sandbox in
            let key = SandboxUnderTest.ownerKey("acme")
            let ids = Ids(
                projects: try await sandbox.ids(of: "projects", key: key).sorted(),
                issues: try await sandbox.ids(of: "issues", key: key).sorted()
            )
            var numbers = SeededGenerator(
                seed: variant.testDescription.utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) }
            )
            try await sandbox.withGateway(schema: Self.schema()) { gateway in
                try await sandbox.withGateway(schema: Self.schema(), options: plain) { plain in
                    for step in 0..<30 {
                        if let write = Self.write(ids, &numbers, step: step) { _ = try await gateway.askFirst(write) }
                        let query = Self.reads(ids, &numbers)
                        let expected = try await plain.askFirst(query).json()
                        let actual = try await gateway.askFirst(query).json()
                        #expect(
                            Self.withoutUnknownTotals(actual, like: expected) == expected,
                            "step \(step): \(query)"
                        )
                    }
                }
            }
        }
    }

    /// A response without the totals that another one does not have: planning may find out what the upstream does not count.
    private static func withoutUnknownTotals(_ value: JSONValue, like other: JSONValue) -> JSONValue {
        switch (value, other) {
        case (.object(let members), .object(let others)):
            .object(
                JSONObject(
                    members.map { name, value in
                        if name == "totalCount", others[name]?.isNull == true { return (name, .null) }
                        return (name, withoutUnknownTotals(value, like: others[name] ?? .null))
                    }
                )
            )
        case (.array(let items), .array(let others)) where items.count == others.count:
            .array(zip(items, others).map { withoutUnknownTotals($0, like: $1) })
        default: value
        }
    }

    /// Boards of 20 projects, before and after each of five writes: changes of issues, or new ones.
    @Test(arguments: [false, true]) func writesCauseNoCallsForCachedBoards(creates: Bool) async throws {
        var configuration = SandboxConfiguration()
        configuration.plan = .standard
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway(schema: Self.schema()) { gateway in
                let query = "{ projects(first: 20) { nodes { id issues(first: 1) { nodes { id } } } } }"
                let json = try await gateway.askFirst(query).json()
                let list = json["data"]?["projects"]?["nodes"]?.arrayValue ?? []
                let projects = list.compactMap { $0["id"]?.stringValue }
                let issues = list.compactMap { $0["issues"]?["nodes"]?[0]?["id"]?.stringValue }
                try #require(projects.count == 20 && issues.count == 20)
                let board =
                    "query($id: ID!) { project(id: $id) { name issues(first: 100) { totalCount nodes { id status } } } }"
                for project in projects { _ = try await gateway.askFirst(board, variables: ["id": .string(project)]) }
                for number in 0..<5 {
                    let status = number % 2 == 0 ? "done" : "blocked"
                    let write =
                        creates
                        ? """
                        mutation { write: createIssue(input: { projectId: "\(projects[number])", title: "New", \
                        status: "\(status)" }) { issue { id status } } }
                        """
                        : """
                        mutation { write: updateIssue(id: "\(issues[number])", input: { status: "\(status)" }) \
                        { issue { id status } } }
                        """
                    let issue = try #require(
                        try await gateway.askFirst(write).json()["data"]?["write"]?["issue"]
                    )
                    #expect(issue["status"] == .string(status))
                    for project in projects {
                        let shown = try await gateway.askFirst(board, variables: ["id": .string(project)]).json()
                        guard project == projects[number] else { continue }
                        #expect(shown["data"]?["project"]?["issues"]?["nodes"]?.arrayValue?.contains(issue) == true)
                    }
                }
                #expect(sandbox.server.calls().total <= 50)
            }
        }
    }
}
