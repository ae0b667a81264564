import GatewayServer
import GatewayTestSupport
import JSON
import Testing

/// Python's clients of subscriptions, unchanged.
@Suite struct PythonLiveTests {
    @Test(.timeLimit(.minutes(15)))
    func clientsReceiveEvents() async throws {
        let python = try await PythonPackages.interpreter("live")
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            let script = "\(RepositoryFile.root)/Tests/GatewayServerTests/python_live.py"
            let url = "http://\(live.gateway.server.address)/graphql"
            let clients = try await BuiltProgram.finish(python, [script, url, id], in: RepositoryFile.root)
            #expect(clients.status == 0, "\(clients.errors)")
            let results = try JSONValue(parsing: Array(clients.output.utf8))
            for client in ["websockets", "header", "aiohttp", "multipart", "sse"] {
                let event = results[client]?["issueChanged"]
                #expect(event?["kind"] == "UPDATED", "\(client)")
                #expect(event?["issue"]?["id"]?.stringValue == id, "\(client)")
                #expect(event?["issue"]?["title"]?.stringValue?.hasPrefix("\(client) ") == true, "\(client)")
            }
            #expect(results["query"]?["projects"]?["totalCount"] == 4)
        }
    }
}
