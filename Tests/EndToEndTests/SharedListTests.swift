import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// How many calls lists take that differ only in equality filters, and that they are the same as if each were fetched.
@Suite struct SharedListTests {
    /// A query, what was asked before, and the most calls that the query takes.
    struct Scenario: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var before: [String] = []
        let query: String
        let calls: Int
    }

    private static let statuses = ["open", "backlog", "in_progress", "in_review", "done"]

    /// Lists of each status, under names of their own.
    private static func lists(_ selection: String) -> String {
        statuses.map { "\($0): issues(first: 20, status: \"\($0)\") \(selection)" }.joined(separator: " ")
    }

    private static let allIssues = "{ issues(first: 1000) { totalCount nodes { id } } }"
    private static let ends = "{ nodes { id } pageInfo { hasNextPage hasPreviousPage } }"
    private static let projects = "{ projects(first: 20) { nodes { id name } } }"

    static let scenarios = [
        Scenario(
            testDescription: "five status lists of one project",
            query: "{ projects(first: 1) { nodes { id \(lists("{ totalCount nodes { id title } }")) } } }",
            calls: 2
        ),
        Scenario(
            testDescription: "issues of one project, while all are cached",
            before: [projects, allIssues],
            query: "{ projects(first: 1) { nodes { issues(first: 50) { totalCount nodes { id } } } } }",
            calls: 0
        ),
        Scenario(
            testDescription: "issues of two projects, while all are cached",
            before: [projects, allIssues],
            query: "{ projects(first: 2) { nodes { issues(first: 50) { totalCount nodes { id } } } } }",
            calls: 0
        ),
        Scenario(
            testDescription: "open issues, while all are cached",
            before: [allIssues],
            query:
                #"{ issues(first: 50, status: "open") { totalCount nodes { id status } pageInfo { hasNextPage } } }"#,
            calls: 0
        ),
        Scenario(
            testDescription: "pages behind the end of an empty list and of a short one, while all are cached",
            before: [allIssues],
            query: """
                { empty: issues(page: 3, perPage: 10, status: "nothing") \(ends) \
                first: issues(page: 1, perPage: 10, status: "nothing") \(ends) \
                short: issues(page: 90, perPage: 10, status: "open") \(ends) }
                """,
            // A value that no row has may stand for several: it is asked for.
            calls: 1
        ),
        Scenario(
            testDescription: "an empty list behind a cursor that is only a position, while all are cached",
            before: [allIssues],
            // The cursor is row:5.
            query: "{ issues(first: 5, after: \"cm93OjU\", status: \"nothing\") \(ends) }",
            // A value that no row has may stand for several: it is asked for.
            calls: 1
        ),
        Scenario(
            testDescription: "five counts of five projects",
            query: "{ projects(first: 5) { nodes { id \(lists("{ totalCount }")) } } }",
            calls: 6
        ),
        Scenario(
            testDescription: "open issues of 20 projects",
            before: [projects],
            query:
                #"{ projects(first: 20) { nodes { issues(first: 5, status: "open") { totalCount nodes { id } } } } }"#,
            calls: 4
        ),
        Scenario(
            testDescription: "one list in four spellings",
            query: """
                { a: issues { totalCount } b: issues(sort: "created_at") { totalCount } c: issues(order: DESC) { totalCount }
                d: issues(order: DESC, sort: "created_at") { totalCount } }
                """,
            calls: 1
        ),
        Scenario(
            testDescription: "two lists in two orders",
            query: "{ a: issues(order: ASC) { totalCount } b: issues { totalCount } }",
            calls: 2
        ),
        Scenario(
            testDescription: "a list of overdue issues is no part of another",
            before: [allIssues],
            query: "{ issues(first: 5, overdue: true) { totalCount } }",
            calls: 1
        ),
    ]

    @Test(arguments: scenarios) func listsTakeTheFewestCalls(scenario: Scenario) async throws {
        let expected = try await run(scenario, optimizing: false)
        let actual = try await run(scenario, optimizing: true)
        #expect(actual.response == expected.response)
        #expect(actual.response["errors"] == nil)
        #expect(actual.calls <= scenario.calls)
    }

    private func run(_ scenario: Scenario, optimizing: Bool) async throws -> (response: JSONValue, calls: Int) {
        var configuration = SandboxConfiguration()
        configuration.plan = .unlimited
        var options = GatewayUnderTest.Options()
        options.spending.batching = optimizing
        return try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway(options: options) { gateway in
                for query in scenario.before { _ = try await gateway.askFirst(query) }
                let before = sandbox.server.calls().total
                let response = try await gateway.askFirst(scenario.query).json()
                return (response, sandbox.server.calls().total - before)
            }
        }
    }
}
