import JSON
import Sandbox
import Testing

@Suite struct CallsTests {
    @Test func callsAreCountedByKeyAndRoute() async throws {
        try await SandboxHarness.run { harness in
            let id = try #require(try await harness.send("GET", "/projects").ids.first)
            _ = try await harness.send("GET", "/projects/\(id)")
            _ = try await harness.send("GET", "/projects/none")
            _ = try await harness.send("GET", "/issues?page=2", key: "wsk_live_globex")
            _ = try await harness.sendOwn("GET", "/_sandbox/calls")
            let expected = """
                {"total":4,"keys":{"wsk_live_acme":{"total":3,"routes":{"GET /projects":1,"GET /projects/:id":2},\
                "statuses":{"200":2,"404":1}},"wsk_live_globex":{"total":1,"routes":{"GET /issues":1},"statuses":{"200":1}}}}
                """
            #expect(try await harness.sendOwn("GET", "/_sandbox/calls").text == expected)
            #expect(harness.server.calls().count(of: "GET /projects/:id") == 2)
        }
    }

    @Test func resetGoesBackToTheSeed() async throws {
        try await SandboxHarness.run {
            $0.plan = SandboxPlan(reads: 3)
        } body: { harness in
            let before = try await harness.send("GET", "/projects")
            _ = try await harness.send("DELETE", "/projects/\(before.ids[0])")
            _ = try await harness.send("GET", "/projects")
            harness.server.changeRows()
            #expect(try await harness.sendOwn("POST", "/_sandbox/reset").status == 204)
            #expect(harness.server.calls() == SandboxCalls())
            #expect(harness.server.changes() == [])
            let after = try await harness.send("GET", "/projects")
            #expect(after == before)
            harness.server.reset()
            #expect(try await harness.send("GET", "/projects") == before)
        }
    }
}
