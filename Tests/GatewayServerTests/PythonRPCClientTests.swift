import Foundation
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// Python's JSON-RPC, WebSocket and MCP clients against the gateway.
@Suite struct PythonRPCClientTests {
    /// Runs a program of clients against a gateway.
    ///
    /// - Parameters:
    ///   - python: the interpreter.
    ///   - script: the program's file beside this one.
    ///   - body: is given what the program prints, and the window of issues that its clients ask for, as GraphQL shows it.
    /// - Throws: if the clients cannot be run, or what the body throws.
    private func run(
        _ python: String,
        _ script: String,
        _ body: (_ results: JSONValue, _ window: JSONValue) throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.plan = .unlimited
        let sandbox = try await SandboxServer.start(configuration: configuration)
        try await GatewayUnderTest.run(schema: RepositoryFile.schema(), upstream: "\(sandbox.baseURL)/api/v1") {
            gateway in
            let script = "\(RepositoryFile.root)/Tests/GatewayServerTests/\(script)"
            let arguments = ["-W", "ignore", script, "\(gateway.server.address)"]
            let clients = try await BuiltProgram.finish(python, arguments, in: RepositoryFile.root)
            #expect(clients.status == 0, "\(clients.errors)")
            let results = try JSONValue(parsing: Array(clients.output.utf8))
            let query =
                "{ issues(first: 2) { nodes { title project { name } } pageInfo { \(Self.pageInfo) } totalCount } }"
            let response = try await gateway.query(query, key: "wsk_live_acme").json()
            let window = try #require(response["data"]?["issues"])
            try body(results, window)
        }
        try await sandbox.shutdown()
    }

    @Test(.timeLimit(.minutes(15)))
    func clientsWorkUnchanged() async throws {
        let python = try await PythonPackages.interpreter()
        try await run(python, "python_rpc_clients.py") { results, expected in
            #expect(expected["totalCount"] == 1000)
            #expect(
                results["jsonrpcclient"] == ["one": expected, "batch": expected, "code": -32601, "notified": 204]
            )
            #expect(results["websockets"] == ["all": true, "one": expected, "auth": true, "closed": 1000])
            for (client, revision) in [("handshake", "2025-11-25"), ("stateless", "2026-07-28")] {
                let result = try #require(results[client])
                #expect(result["revision"]?.stringValue == revision)
                #expect(result["structured"] == ["result": expected])
                #expect(try result["text"]?.stringValue.map { try JSONValue(parsing: Array($0.utf8)) } == expected)
                #expect(result["tools"]?.arrayValue?.contains("issues_list") == true)
                #expect(result["tools"]?.arrayValue?.last == "graphql_execute")
                #expect(result["rows"] == 3)
                #expect(result["wrong"]?[0] == true)
                #expect(result["wrong"]?[1]?.stringValue?.contains("BAD_USER_INPUT") == true)
            }
            #expect(results["handshake"]?["pinged"] == true)
        }
    }

    /// Clients that say `application/json-rpc` where others say `application/json`, and take no status but 200.
    @Test(.timeLimit(.minutes(15)))
    func clientsWithMediaTypesOfTheirOwnWorkUnchanged() async throws {
        let python = try await PythonPackages.interpreter("rpc")
        try await run(python, "python_rpc_libraries.py") { results, one in
            #expect(
                results == [
                    "jsonrpc-async": ["code": -32601, "notified": .null, "one": one, "together": [true, 1]],
                    "jsonrpc-requests": ["code": -32601, "notified": .null, "one": one],
                    "jsonrpclib-pelix": ["batch": [true, 1], "code": -32601, "notified": .null, "one": one],
                ]
            )
        }
    }

    static let pageInfo = "hasNextPage hasPreviousPage startCursor endCursor"
}
