import Foundation
import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// The pages in a real browser, which reaches nothing but the gateway.
///
/// `make test-all` runs it; screenshots go to `.build/screenshots`.
@Suite(.enabled(if: PythonPackages.runsAllClients)) struct BrowserTests {
    @Test(.timeLimit(.minutes(15)))
    func peopleExploreWithTheirKey() async throws {
        let fetched = try await BuiltProgram.finish(
            "\(RepositoryFile.root)/scripts/fetch-explorer.sh",
            [],
            in: RepositoryFile.root
        )
        #expect(fetched.status == 0, "\(fetched.errors)")
        var configuration = SandboxConfiguration()
        configuration.projects = 12
        configuration.issues = 60
        let sandbox = try await SandboxServer.start(configuration: configuration)
        var options = GatewayUnderTest.Options()
        let files = try PageFiles.explorer()
        options.server.pages.explorer = Pages.explorer(files)
        options.server.pages.own = try PageFiles.files(in: "examples/board")
        options.server.pages.cockpit = Pages.cockpit(files)
        let administration = HTTPListener(.address(ListenAddress(host: "127.0.0.1", port: 0)), purpose: .administration)
        options.server.listeners = [administration]
        let spending = SpendingLog()
        options.server.spending = spending
        options.observer = spending
        let upstream = (slug: "acme", baseURL: "\(sandbox.baseURL)/api/v1")
        try await GatewayUnderTest.run(schema: RepositoryFile.schema(), upstreams: [upstream], options: options) {
            gateway in
            let url = "http://\(gateway.server.address)"
            let operators = try #require(gateway.server.addresses.last)
            let seen = try await Self.run([url, "http://\(operators)", "wsk_live_acme", ".build/screenshots"])
            #expect(seen["problems"] == [])
            #expect(seen["completions"]?.arrayValue?.contains("issues") == true)
            #expect(seen["small"]?.stringValue?.hasPrefix("1 call") == true)
            #expect(seen["costly"]?.stringValue?.hasPrefix("1 to 6 calls") == true)
            #expect(seen["marks"] == ["1 call", "0 to 5 calls"])
            #expect(seen["calls"] == seen["bars"])
            #expect(seen["timeline"]?.stringValue?.hasPrefix("0 calls") == false)
            #expect(seen["unlabeled"] == 0)
            #expect(seen["rpc"] == 2)
            #expect(seen["storage"] == false)
            // While the mutation is held back: the mover sees the card in its new column, the other one does not.
            #expect(seen["optimistic"] == [true, false])
            #expect(seen["other"] == true)
            #expect(seen["state"] == "live")
            #expect(seen["idle"] == false)
            let spending = seen["spending"]?.arrayValue ?? []
            #expect(spending.dropFirst().prefix(3) == ["people", "graphql", "Load"])
            #expect(seen["lanes"]?[0] == "people")
            #expect(seen["events"] == [["sse", "UPDATED", "in_review"], ["ws", "UPDATED", "backlog"]])
            #expect(seen["asked"] == [])
            #expect(seen["budgets"]?[0] == "acme")
            #expect(seen["budgets"]?[3] == "100")
        }
        try await sandbox.shutdown()
    }

    private static func run(_ arguments: [String]) async throws -> JSONValue {
        let python = try await PythonPackages.interpreter("browser")
        let path = "\(RepositoryFile.root)/Tests/GatewayServerTests/python_browser.py"
        let run = try await BuiltProgram.finish(python, [path] + arguments, in: RepositoryFile.root)
        #expect(run.status == 0, "\(run.errors)")
        return try JSONValue(parsing: Array(run.output.utf8))
    }
}
