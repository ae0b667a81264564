import GatewayTestSupport
import GraphQL
import Testing
import Upstream

@testable import Gateway

/// What stays in use when another configuration takes the place of one.
@Suite struct ServiceConfigurationTests {
    private static let sdl = """
        schema @upstream { query: Query }
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") }
        type Thing { id: ID! }
        """

    private static func loadedSchema() throws -> LoadedSchema { try LoadedSchema(Source(sdl)) }

    /// A configuration of two workspaces.
    private static func configuration(_ schema: LoadedSchema) -> ServiceConfiguration {
        ServiceConfiguration(
            schema: schema,
            workspaces: ["a", "b"].map { WorkspaceConfiguration(slug: $0, baseURL: "http://\($0).example") },
            transport: HeldTransport { _ in (404, "") }
        )
    }

    /// What changes, and which of the workspaces stay then.
    struct Change: Sendable, CustomTestStringConvertible {
        let name: String
        let remaining: [Bool]
        /// Whether the cached responses stay as well.
        var staysWhole = false
        let next: @Sendable (ServiceConfiguration) throws -> ServiceConfiguration

        var testDescription: String { name }

        /// A change of a property.
        static func setting(
            _ name: String,
            _ remaining: [Bool],
            staysWhole: Bool = false,
            _ set: @escaping @Sendable (inout ServiceConfiguration) -> Void
        ) -> Change {
            Change(name: name, remaining: remaining, staysWhole: staysWhole) { configuration in
                var next = configuration
                set(&next)
                return next
            }
        }

        /// A change of the workspaces.
        static func workspaces(
            _ name: String,
            _ remaining: [Bool],
            staysWhole: Bool = false,
            _ workspaces: [WorkspaceConfiguration]
        ) -> Change {
            Change(name: name, remaining: remaining, staysWhole: staysWhole) { configuration in
                ServiceConfiguration(
                    schema: configuration.schema,
                    workspaces: workspaces,
                    transport: configuration.transport
                )
            }
        }
    }

    static let changes: [Change] = [
        .setting("nothing", [true, true], staysWhole: true) { _ in },
        .setting("limits", [true, true], staysWhole: true) { $0.limits.maximumCalls = 3 },
        .setting("results", [true, true], staysWhole: true) { $0.resultBytes = 0 },
        .setting("responses", [true, true]) { $0.responseBytes = 1 << 20 },
        .setting("optimizations", [true, true]) { $0.optimizations.batching = false },
        .setting("timeout", [false, false]) { $0.upstreamTimeout = .seconds(1) },
        .workspaces(
            "keys",
            [true, true],
            staysWhole: true,
            [
                WorkspaceConfiguration(slug: "a", baseURL: "http://a.example", credential: Credential(key: "k")),
                WorkspaceConfiguration(slug: "b", baseURL: "http://b.example"),
            ]
        ),
        .workspaces(
            "a URL",
            [true, false],
            [
                WorkspaceConfiguration(slug: "a", baseURL: "http://a.example"),
                WorkspaceConfiguration(slug: "b", baseURL: "http://c.example"),
            ]
        ),
        .workspaces(
            "a connection and a timeout",
            [false, false],
            {
                var workspaces = ["a", "b"].map { WorkspaceConfiguration(slug: $0, baseURL: "http://\($0).example") }
                workspaces[0].connection = UpstreamConnection(proxy: .environment)
                workspaces[1].timeout = .seconds(1)
                return workspaces
            }()
        ),
        .workspaces(
            "an allowance",
            [false, true],
            [
                WorkspaceConfiguration(
                    slug: "a",
                    baseURL: "http://a.example",
                    allowance: Allowance(readsPerMinute: 1, writesPerMinute: 1)
                ),
                WorkspaceConfiguration(slug: "b", baseURL: "http://b.example"),
            ]
        ),
        .workspaces(
            "one more",
            [true, true, false],
            ["a", "b", "c"].map { WorkspaceConfiguration(slug: $0, baseURL: "http://\($0).example") }
        ),
        .workspaces(
            "their order",
            [false, false],
            ["b", "a"].map { WorkspaceConfiguration(slug: $0, baseURL: "http://\($0).example") }
        ),
        Change(name: "the schema", remaining: [false, false]) { configuration in
            ServiceConfiguration(
                schema: try loadedSchema(),
                workspaces: configuration.workspaces,
                transport: configuration.transport
            )
        },
    ]

    @Test(arguments: changes) func unchangedWorkspacesStayInUse(change: Change) throws {
        let first = Self.configuration(try Self.loadedSchema())
        let service = GatewayService(first)
        let broker = GatewayService(try change.next(first), replacing: service).broker
        #expect((broker === service.broker) == change.staysWhole)
        let former = service.broker.workspaces
        let remaining = broker.workspaces.map { workspace in former.contains { $0 === workspace } }
        #expect(remaining == change.remaining)
    }
}
