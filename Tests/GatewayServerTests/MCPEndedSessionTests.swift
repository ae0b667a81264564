import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// Repeated calls of an MCP session, whose responses are cached.
@Suite struct MCPEndedSessionTests {
    /// A response that is cached belongs to a session that has not ended.
    @Test func cachedResponseIsNotSentToAnEndedSession() async throws {
        let upstream = try await ScriptedServer.start { _ in
            .http(body: #"{"data":[{"id":"i1","title":"One"}],"count":1}"#)
        }
        try await GatewayUnderTest.run(schema: RepositoryFile.schema(), upstream: upstream.baseURL) { gateway in
            let key = (name: "Authorization", value: "Bearer k")
            let hello =
                #"{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}"#
            let started = try await MCPTests.post(gateway, call("initialize", hello), [key])
            let session = (name: "Mcp-Session-Id", value: try #require(started.headers.first("mcp-session-id")))
            let tool = call("tools/call", #"{"name":"issues_list","arguments":{"first":1,"select":"id"}}"#)
            // The third is sent from the cache.
            for _ in 0..<4 {
                #expect(try await MCPTests.post(gateway, tool, [key, session]).status == 200)
            }
            #expect(upstream.requests().count == 1)
            let ended = try await gateway.send("DELETE", "/mcp", headers: [key, session])
            #expect(ended.status == 204)
            #expect(try await MCPTests.post(gateway, tool, [key, session]).status == 404)
            #expect(try await MCPTests.post(gateway, tool, [key]).status == 200)
        }
        try await upstream.shutdown()
    }
}
