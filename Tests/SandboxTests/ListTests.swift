import JSON
import Sandbox
import Testing

@Suite struct ListTests {
    @Test func pagesCutTheWholeListWithoutGapsOrRepeats() async throws {
        try await SandboxHarness.run { harness in
            let whole = try await harness.send("GET", "/issues?per_page=100")
            #expect(whole.json?["count"] == 60)
            #expect(whole.json?["error"] == .null)
            #expect(try await harness.allIDs("/issues", perPage: 7) == whole.ids)
            #expect(Set(whole.ids).count == 60)
        }
    }

    @Test func aPageHas25RowsUnlessAskedAndNeverMoreThan100() async throws {
        try await SandboxHarness.run {
            $0.issues = 130
        } body: { harness in
            #expect(try await harness.send("GET", "/issues").ids.count == 25)
            #expect(try await harness.send("GET", "/issues?per_page=101").ids.count == 100)
            let last = try await harness.send("GET", "/issues?per_page=100&page=2")
            #expect(last.ids.count == 30)
            #expect(last.json?["count"] == 130)
            let beyond = try await harness.send("GET", "/issues?page=9000000000000000000")
            #expect(beyond.text == #"{"data":[],"count":130,"error":null}"#)
        }
    }

    @Test(arguments: [
        "id", "project_id", "title", "description", "status", "priority", "assignee_id", "due_date", "created_at",
        "updated_at",
    ])
    func listsSortByEveryField(field: String) async throws {
        try await SandboxHarness.run { harness in
            let rows = try await harness.send("GET", "/issues?per_page=100&order=asc&sort=\(field)").rows
            let values = rows.map { $0[field]?.stringValue }
            let texts = values.compactMap(\.self)
            #expect(texts == texts.sorted())
            #expect(values.suffix(60 - texts.count).allSatisfy { $0 == nil })
            let reversed = try await harness.send("GET", "/issues?per_page=100&order=desc&sort=\(field)").rows
            #expect(reversed.map { $0[field]?.stringValue } == values.reversed())
        }
    }

    @Test func theNewestComesFirstByDefault() async throws {
        try await SandboxHarness.run { harness in
            let plain = try await harness.send("GET", "/issues")
            let explicit = try await harness.send("GET", "/issues?sort=created_at&order=desc")
            #expect(plain == explicit)
        }
    }

    @Test func filtersShowExactlyTheRowsThatMatch() async throws {
        try await SandboxHarness.run { harness in
            let all = try await harness.send("GET", "/issues?per_page=100").rows
            let project = try #require(all[0]["project_id"]?.stringValue)
            let assignee = try #require(all.firstNonNull("assignee_id"))
            let cases: [(query: String, keeps: (JSONValue) -> Bool)] = [
                ("status=open", { $0["status"] == "open" }),
                ("status=nonsense", { _ in false }),
                ("project_id=\(project)", { $0["project_id"]?.stringValue == project }),
                ("assignee_id=\(assignee)", { $0["assignee_id"]?.stringValue == assignee }),
                (
                    "project_id=\(project)&status=open",
                    { $0["project_id"]?.stringValue == project && $0["status"] == "open" }
                ),
                ("overdue=true", { isOverdue($0, on: "2026-04-23") }),
                ("overdue=false", { _ in true }),
                ("status=", { _ in true }),
                ("colour=red", { _ in true }),
            ]
            for (query, keeps) in cases {
                let reply = try await harness.send("GET", "/issues?per_page=100&\(query)")
                let expected = all.filter(keeps)
                #expect(reply.rows == expected, "\(query)")
                #expect(reply.json?["count"]?.intValue == expected.count, "\(query)")
            }
            let projects = try await harness.send("GET", "/projects").rows
            let active = try await harness.send("GET", "/projects?status=active").rows
            #expect(active == projects.filter { $0["status"] == "active" })
        }
    }

    @Test func overdueFollowsTheConfiguredDay() async throws {
        try await SandboxHarness.run {
            $0.today = CalendarDate(daysSinceEpoch: $0.today.daysSinceEpoch - 10)
        } body: { harness in
            let all = try await harness.send("GET", "/issues?per_page=100").rows
            let overdue = try await harness.send("GET", "/issues?per_page=100&overdue=true").rows
            #expect(overdue == all.filter { isOverdue($0, on: "2026-04-13") })
            #expect(!overdue.isEmpty)
        }
    }

    @Test(arguments: [
        ("sort=colour", "issues cannot be sorted by colour."), ("sort=labels", "issues cannot be sorted by labels."),
        ("order=up", "order must be asc or desc."), ("page=0", "page must be a whole number from 1."),
        ("page=x", "page must be a whole number from 1."), ("per_page=-1", "per_page must be a whole number from 1."),
        ("overdue=maybe", "overdue must be true."), ("status=%zz", "The request's target is malformed."),
        ("status=%FF", "The request's target is malformed."),
    ])
    func badParametersAreRefused(query: String, message: String) async throws {
        try await SandboxHarness.run { harness in
            let reply = try await harness.send("GET", "/issues?\(query)")
            #expect(reply.status == 400)
            #expect(reply.json == ["error": "bad_request", "message": .string(message)])
        }
    }
}

private func isOverdue(_ row: JSONValue, on today: String) -> Bool {
    guard let due = row["due_date"]?.stringValue, let status = row["status"]?.stringValue else { return false }
    return due < today && status != "done" && status != "cancelled"
}

extension [JSONValue] {
    fileprivate func firstNonNull(_ member: String) -> String? {
        lazy.compactMap { $0[member]?.stringValue }.first
    }
}
