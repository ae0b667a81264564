import JSON
import Sandbox
import Testing

@Suite struct WriteTests {
    @Test func aCreatedIssueIsReadBackAndListed() async throws {
        try await SandboxHarness.run { harness in
            let project = try #require(try await harness.send("GET", "/projects").ids.first)
            let body = """
                {"project_id":"\(project)","title":"New \\"one\\"","priority":"high","labels":["a","b"],\
                "custom_fields":{"risk_score":1.50,"budget":{"amount":10,"currency":"EUR"}}}
                """
            let created = try await harness.send("POST", "/issues", body: body)
            let issue = try #require(created.json)
            let id = try #require(issue["id"]?.stringValue)
            #expect(created.status == 201)
            #expect(issue["title"] == "New \"one\"")
            #expect(issue["status"] == "open" && issue["priority"] == "high" && issue["labels"] == ["a", "b"])
            #expect(issue["due_date"] == .null && issue["description"] == .null)
            #expect(created.text.contains(#""risk_score":1.50"#))
            #expect(issue["custom_fields"]?["billable"] == .null)
            #expect(issue["created_at"] == "2027-01-15T08:00:00Z" && issue["updated_at"] == issue["created_at"])
            #expect(try await harness.send("GET", "/issues/\(id)").body == created.body)
            #expect(try await harness.send("GET", "/issues?per_page=1").ids == [id])
            #expect(try await harness.send("GET", "/issues", key: "wsk_live_globex").json?["count"] == 60)
        }
    }

    @Test func aPatchChangesOnlyWhatItNames() async throws {
        try await SandboxHarness.run { harness in
            let before = try #require(try await harness.send("GET", "/issues?per_page=1").rows.first?.objectValue)
            let id = try #require(before["id"]?.stringValue)
            let body = #"{"status":"done","due_date":null,"custom_fields":{"satisfaction":4,"client_name":null}}"#
            let patched = try await harness.send("PATCH", "/issues/\(id)", body: body)
            var expected = before
            var fields = try #require(before["custom_fields"]?.objectValue)
            fields["satisfaction"] = 4
            fields["client_name"] = .null
            expected["status"] = "done"
            expected["due_date"] = .null
            expected["custom_fields"] = .object(fields)
            expected["updated_at"] = "2027-01-15T08:00:00Z"
            #expect(patched.status == 200)
            #expect(patched.json == .object(expected))
        }
    }

    @Test func laterWritesHaveLaterTimesEvenWithinASecond() async throws {
        try await SandboxHarness.run { harness in
            let id = try #require(try await harness.send("GET", "/projects").ids.first)
            var times: [String] = []
            for _ in 0..<3 {
                let reply = try await harness.send("PATCH", "/projects/\(id)", body: #"{"status":"paused"}"#)
                times.append(try #require(reply.json?["updated_at"]?.stringValue))
            }
            #expect(times == ["2027-01-15T08:00:00Z", "2027-01-15T08:00:01Z", "2027-01-15T08:00:02Z"])
        }
    }

    @Test func aDeletedProjectIsGoneFromListsAndReads() async throws {
        try await SandboxHarness.run { harness in
            let ids = try await harness.send("GET", "/projects").ids
            #expect(try await harness.send("DELETE", "/projects/\(ids[0])").status == 204)
            #expect(try await harness.send("GET", "/projects").ids == Array(ids.dropFirst()))
            for (method, body) in [("GET", nil), ("PATCH", "{}"), ("DELETE", nil)] as [(String, String?)] {
                let reply = try await harness.send(method, "/projects/\(ids[0])", body: body)
                #expect(reply.status == 404, "\(method)")
                #expect(reply.json == ["error": "not_found", "message": "Project not found."], "\(method)")
            }
        }
    }

    @Test(arguments: [
        ("POST", "/projects", "{}", 422, "name is required."),
        ("POST", "/projects", #"{"name":""}"#, 422, "name must be a text that is not empty."),
        (
            "POST", "/projects", #"{"name":"x","target_date":"2026-02-30"}"#, 422,
            "target_date must be a date (YYYY-MM-DD) or null."
        ),
        (
            "POST", "/projects", #"{"name":"x","priority":"hot"}"#, 422,
            "priority must be one of low, normal, high, urgent."
        ),
        ("POST", "/projects", #"{"name":"x","id":"proj_1"}"#, 422, "id cannot be set."),
        ("POST", "/projects", "[]", 422, "The body must be an object."),
        ("POST", "/issues", #"{"title":"x"}"#, 422, "project_id is required."),
        ("POST", "/issues", #"{"title":"x","project_id":"proj_none"}"#, 422, "project_id must name a project."),
        ("PATCH", "/issues/ID", #"{"title":null}"#, 422, "title must be a text that is not empty."),
        ("PATCH", "/issues/ID", #"{"labels":["a",1]}"#, 422, "labels must be an array of texts."),
        ("PATCH", "/issues/ID", #"{"assignee_id":7}"#, 422, "assignee_id must be a user's id or null."),
        ("PATCH", "/issues/ID", #"{"custom_fields":[]}"#, 422, "custom_fields must be an object."),
        ("PATCH", "/issues/ID", #"{"custom_fields":{"colour":"red"}}"#, 422, "custom_fields has no field colour."),
        (
            "PATCH", "/issues/ID", #"{"custom_fields":{"satisfaction":6}}"#, 422,
            "custom_fields.satisfaction has a value of the wrong type."
        ),
        (
            "PATCH", "/issues/ID", #"{"custom_fields":{"budget":{"amount":1}}}"#, 422,
            "custom_fields.budget has a value of the wrong type."
        ),
        (
            "PATCH", "/issues/ID", #"{"custom_fields":{"platforms":["web","vr"]}}"#, 422,
            "custom_fields.platforms has a value of the wrong type."
        ),
    ])
    func invalidMembersAreRefused(method: String, path: String, body: String, status: Int, message: String) async throws
    {
        try await SandboxHarness.run { harness in
            let id = try #require(try await harness.send("GET", "/issues?per_page=1").ids.first)
            let reply = try await harness.send(method, path.replacing("ID", with: id), body: body)
            #expect(reply.status == status)
            #expect(reply.json == ["error": "validation_failed", "message": .string(message)])
            #expect(try await harness.send("GET", "/issues").json?["count"] == 60)
        }
    }

    @Test func brokenJSONIs400() async throws {
        try await SandboxHarness.run { harness in
            for body in ["", "{", #"{"name":}"#, "\u{FEFF}{"] {
                let reply = try await harness.send("POST", "/projects", body: body)
                #expect(reply.status == 400, "\(body)")
                #expect(reply.json?["error"] == "bad_request", "\(body)")
            }
            let marked = try await harness.send("POST", "/projects", body: "\u{FEFF}{}")
            #expect(marked.json?["error"] == "validation_failed", "a byte order mark before JSON is skipped")
        }
    }
}
