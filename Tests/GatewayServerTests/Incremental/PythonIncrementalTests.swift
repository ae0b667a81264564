import Gateway
import GatewayServer
import GatewayTestSupport
import GraphQL
import JSON
import Testing
import Upstream

/// Responses in parts of generated operations: put together they are the response that comes as a whole, here and in graphql-core.
@Suite struct PythonIncrementalTests {
    private static let sdl = """
        directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @stream(if: Boolean! = true, label: String, initialCount: Int = 0) on FIELD
        schema @upstream { query: Query }
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") things: [Thing!] @rest(list: "/things") maybe: [Thing] @rest(list: "/things") }
        type Thing {
          id: ID! name: String must: String! tags: [String!] parts: [Part!] rest: [Part]
          owner: Owner @reference(key: "owner_id") needed: Owner! @reference(key: "owner_id")
        }
        type Part { id: ID! must: String! owner: Owner @reference(key: "owner_id") needed: Owner! @reference(key: "owner_id") }
        type Owner @entity(get: "/owners/{id}") { id: ID! name: String must: String! boss: Owner @reference(key: "boss_id") }
        """

    private static let parts: [JSONValue] = [
        ["id": "p", "must": "m", "owner_id": "o"], ["id": "q", "must": .null, "owner_id": "gone"],
        ["id": "r", "must": "m", "owner_id": .null],
    ]
    private static let a: JSONValue = [
        "id": "a", "name": "A", "must": "m", "tags": ["x", "y", "z"], "owner_id": "o",
        "parts": .array(Array(parts[..<1])),
        "rest": .array(parts),
    ]
    private static let b: JSONValue = [
        "id": "b", "name": .null, "must": .null, "tags": .null, "owner_id": "gone", "parts": .array(parts), "rest": [],
    ]
    private static let c: JSONValue = [
        "id": "c", "name": "C", "must": "m", "tags": [], "owner_id": "p", "parts": [], "rest": .array(parts.reversed()),
    ]

    /// The upstream's bodies; what is not there fails.
    private static let upstream: JSONObject = [
        "/things/a": a, "/things/b": b, "/things": [a, b, c],
        "/owners/o": ["id": "o", "name": "O", "must": "m", "boss_id": "p"],
        "/owners/p": ["id": "p", "name": "P", "must": .null, "boss_id": "gone"],
    ]

    @Test(.timeLimit(.minutes(15)))
    func mergedPartsEqualTheCompleteResponseOfGraphQLCore() async throws {
        let python = try await PythonPackages.interpreter("incremental")
        let upstream = HeldTransport { path in
            guard let body = Self.upstream[String(path.prefix { $0 != "?" })] else { return (400, "") }
            return (200, String(decoding: body.serialized(), as: UTF8.self))
        }
        upstream.open()
        // Lists are as long as pages may be, as far as an estimate knows.
        var limits = RequestLimits()
        limits.maximumCalls = .max
        limits.maximumRows = .max
        var service = try ServiceConfiguration.oneWorkspace(Self.sdl, before: upstream)
        service.limits = limits
        var configuration = GatewayConfiguration(service: service)
        configuration.server.listeners = [.onFreePort]
        let server = try await buildGateway(configuration).start()
        let script = "\(RepositoryFile.root)/Tests/GatewayServerTests/python_incremental.py"
        let count = 400
        let compared = try await BuiltProgram.finish(
            python,
            ["-W", "ignore", script, "\(server.address)", "\(count)", "\(JSONValue.object(Self.upstream))"],
            in: RepositoryFile.root
        )
        try await server.shutDown(delays: false)
        #expect(compared.status == 0, "\(compared.errors)")
        let results = try JSONValue(parsing: Array(compared.output.utf8))
        #expect(results["differing"] == [])
        #expect(results["agreed"] == .integer(count))
        #expect((results["inParts"]?.intValue ?? 0) > count / 2)
    }
}
