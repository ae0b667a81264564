import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// Lists whose pages are capped by the upstream and count their own rows: nothing but the next page shows where such a list ends.
@Suite struct CappedListTests {
    private static let query = "{ projects(first: 100) { totalCount nodes { id } } }"

    /// Plays a list with as many rows as the first page can have.
    private func run(
        caching: Bool,
        cap: Int,
        _ body: (SandboxUnderTest, GatewayUnderTest) async throws -> Void
    ) async throws {
        let configuration = SandboxUnderTest.configuration { configuration in
            configuration.projects = cap
            configuration.behavior.pageCap = cap
            configuration.behavior.count = .page
        }
        var options = GatewayUnderTest.Options()
        options.spending.caching = caching
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway(options: options) { gateway in try await body(sandbox, gateway) }
        }
    }

    /// Creates a project with a gateway of one's own, so that the one under test does not learn of it.
    private func create(beside sandbox: SandboxUnderTest) async throws {
        try await sandbox.withGateway { other in try await create(through: other) }
    }

    private func create(through gateway: GatewayUnderTest) async throws {
        let mutation = #"mutation { createProject(input: { name: "one more" }) { project { id } } }"#
        let response = try await gateway.askFirst(mutation).json()
        try #require(response["errors"] == nil, "\(response)")
    }

    private func expectProjects(_ count: Int, _ gateway: GatewayUnderTest) async throws {
        let projects = try await gateway.askFirst(Self.query).json()["data"]?["projects"]
        #expect(projects?["nodes"]?.arrayValue?.count == count)
        #expect(projects?["totalCount"] == .integer(count))
    }

    @Test(arguments: [20, 25, 50]) func rowsThatOthersAddBehindAFullPageAreShown(cap: Int) async throws {
        try await run(caching: false, cap: cap) { sandbox, gateway in
            for count in cap...cap + 2 {
                try await expectProjects(count, gateway)
                try await create(beside: sandbox)
            }
        }
    }

    @Test(arguments: [20, 25, 50]) func aRowThatIsAddedToAFullPageIsCountedOnce(cap: Int) async throws {
        try await run(caching: true, cap: cap) { _, gateway in
            for count in cap...cap + 2 {
                try await expectProjects(count, gateway)
                try await create(through: gateway)
            }
        }
    }
}
