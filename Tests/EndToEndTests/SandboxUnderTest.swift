import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Upstream

/// A sandbox that a test plays with, and what tests ask it beside the gateway.
struct SandboxUnderTest: Sendable {
    let server: SandboxServer

    /// The base URL of the API.
    var upstream: String { "\(server.baseURL)/api/v1" }

    /// The slugs of the sandbox's workspaces.
    static let slugs = ["acme", "globex", "initech"]

    /// The key of a workspace that sees every row.
    static func ownerKey(_ slug: String) -> String { "wsk_live_\(slug)" }

    /// A configuration with little data and no limit, so that a test is quick.
    static func configuration(_ change: (inout SandboxConfiguration) -> Void = { _ in }) -> SandboxConfiguration {
        var configuration = SandboxConfiguration()
        configuration.projects = 12
        configuration.issues = 230
        configuration.plan = .unlimited
        change(&configuration)
        return configuration
    }

    /// Starts a sandbox, lends it to a test, and stops it.
    static func run<Value>(
        _ configuration: SandboxConfiguration,
        _ body: (SandboxUnderTest) async throws -> Value
    ) async throws -> Value {
        let server = try await SandboxServer.start(configuration: configuration)
        do {
            let value = try await body(SandboxUnderTest(server: server))
            try await server.shutdown()
            return value
        } catch {
            try await server.shutdown()
            throw error
        }
    }

    /// Starts a gateway whose three workspaces are all in this sandbox.
    func withGateway<Value>(
        schema: String? = nil,
        options: GatewayUnderTest.Options = GatewayUnderTest.Options(),
        _ body: (GatewayUnderTest) async throws -> Value
    ) async throws -> Value {
        let text = try schema ?? RepositoryFile.schemaText()
        return try await GatewayUnderTest.run(
            schema: Source(text),
            upstreams: Self.slugs.map { ($0, upstream) },
            options: options,
            body
        )
    }

    /// Sends requests past the gateway; all of them must succeed.
    func send(_ requests: [(method: String, path: String)], key: String) async throws -> [JSONValue] {
        let transport = try CurlTransport()
        let results = await transport.send(
            requests.map { request in
                TransportRequest(
                    method: request.method,
                    url: "\(upstream)\(request.path)",
                    headers: [(name: "Authorization", value: "Bearer \(key)")],
                    timeout: .seconds(10)
                )
            }
        )
        await transport.shutDown()
        return try results.map { result in
            let response = try result.get()
            guard (200..<300).contains(response.status) else { throw UnexpectedStatus(status: response.status) }
            return response.body.isEmpty ? .null : try JSONValue(parsing: response.body)
        }
    }

    /// The ids of all rows of a collection that a key sees, in whichever way its end shows.
    func ids(of collection: String, key: String) async throws -> Set<String> {
        var ids: Set<String> = []
        for page in 1... {
            do {
                let response = try await send([("GET", "/\(collection)?page=\(page)&per_page=100")], key: key)
                let rows = response[0]["data"]?.arrayValue ?? []
                guard !rows.isEmpty else { break }
                ids.formUnion(rows.compactMap { $0["id"]?.stringValue })
            } catch let error as UnexpectedStatus where error.status == 404 && page > 1 {
                break
            }
        }
        return ids
    }

    /// A request of the test's own that went wrong.
    struct UnexpectedStatus: Error {
        let status: Int
    }
}

extension GatewayUnderTest {
    /// Asks with the key of a sandbox's first workspace alone.
    func askFirst(_ query: String, variables: JSONObject = JSONObject()) async throws -> Response {
        try await self.query(query, variables: variables, key: SandboxUnderTest.ownerKey(SandboxUnderTest.slugs[0]))
    }

    /// Asks with the keys of all workspaces of a sandbox.
    func askAll(_ query: String, variables: JSONObject = JSONObject()) async throws -> Response {
        let others = SandboxUnderTest.slugs.dropFirst().map { (slug: $0, key: SandboxUnderTest.ownerKey($0)) }
        return try await self.query(
            query,
            variables: variables,
            key: SandboxUnderTest.ownerKey(SandboxUnderTest.slugs[0]),
            workspaceKeys: others
        )
    }
}
