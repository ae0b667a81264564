import JSON
import Sandbox
import Testing

@Suite struct StatusTests {
    @Test(arguments: [
        ("GET", "/nothing", "other", 404, "not_found"),
        ("GET", "/issues/task_none", "GET /issues/:id", 404, "not_found"),
        ("GET", "/issues/", "other", 404, "not_found"), ("GET", "/issues/a/b", "other", 404, "not_found"),
        ("PUT", "/issues", "other", 405, "method_not_allowed"),
        ("POST", "/issues/x", "other", 405, "method_not_allowed"),
    ])
    func errorsHaveTheDocumentedBody(
        method: String,
        path: String,
        route: String,
        status: Int,
        code: String
    ) async throws {
        try await SandboxHarness.run { harness in
            let reply = try await harness.send(method, path)
            #expect(reply.status == status)
            #expect(reply.json?["error"]?.stringValue == code)
            #expect(reply.json?["message"]?.stringValue != nil)
            #expect(reply.headers["allow"] != nil || status != 405)
            #expect(harness.server.calls().keys["wsk_live_acme"]?.routes == [route: 1])
        }
    }

    @Test func pathsOutsideOfThePrefixAreNotFound() async throws {
        try await SandboxHarness.run { harness async throws in
            #expect(try await harness.sendOwn("GET", "/projects").status == 401)
            #expect(try await harness.sendOwn("GET", "/_sandbox/nothing").status == 404)
        }
    }

    @Test(arguments: [nil, "", "wsk_live_", "wsk_live_nobody", "acme", "wsk_test_acme"])
    func unknownKeysAre401(key: String?) async throws {
        try await SandboxHarness.run { harness in
            let reply = try await harness.send("GET", "/projects", key: key)
            #expect(reply.status == 401)
            #expect(reply.headers["www-authenticate"] == "Bearer")
            #expect(reply.json == ["error": "unauthorized", "message": "A valid API key is required."])
        }
    }

    @Test func aBodyOverTheLimitIs413() async throws {
        try await SandboxHarness.run {
            $0.maximumBodySize = 100
        } body: { harness in
            let reply = try await harness.send("POST", "/projects", body: String(repeating: " ", count: 101))
            #expect(reply.status == 413)
            #expect(reply.json?["error"] == "payload_too_large")
        }
    }

    @Test func aBodyOfAnotherTypeIs415() async throws {
        try await SandboxHarness.run { harness in
            let reply = try await harness.send("POST", "/projects", headers: ["Content-Type: text/plain"], body: "{}")
            #expect(reply.status == 415)
            #expect(reply.json?["error"] == "unsupported_media_type")
        }
    }

    @Test func aMemberKeySeesItsOwnPart() async throws {
        try await SandboxHarness.run {
            $0.projects = 40
        } body: { harness in
            let all = try await harness.send("GET", "/projects?per_page=100")
            let guest = try await harness.send("GET", "/projects?per_page=100", key: "wsk_live_acme_guest")
            let intern = try await harness.send("GET", "/projects?per_page=100", key: "wsk_live_acme_intern")
            #expect(guest.ids != intern.ids)
            for seen in [guest, intern] {
                #expect(!seen.ids.isEmpty && seen.ids.count < 40)
                #expect(seen.rows == all.rows.filter { seen.rows.contains($0) })
                #expect(seen.json?["count"]?.intValue == seen.ids.count)
            }
            let hidden = try #require(all.ids.first { !guest.ids.contains($0) })
            #expect(try await harness.send("GET", "/projects/\(hidden)", key: "wsk_live_acme_guest").status == 404)
            let issues = try await harness.send("GET", "/issues?per_page=100", key: "wsk_live_acme_guest").rows
            #expect(issues.allSatisfy { guest.ids.contains($0["project_id"]?.stringValue ?? "") })
            let made = try await harness.send(
                "POST",
                "/projects",
                key: "wsk_live_acme_guest",
                body: #"{"name":"Mine"}"#
            )
            let id = try #require(made.json?["id"]?.stringValue)
            #expect(try await harness.send("GET", "/projects/\(id)", key: "wsk_live_acme_guest").status == 200)
        }
    }
}
