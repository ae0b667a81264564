import JSON
import Sandbox
import Testing

@Suite struct BehaviorTests {
    @Test(arguments: [(CountVariant.total, 60 as JSONValue?), (.page, 10), (.missing, nil)])
    func countHasThreeVariants(variant: CountVariant, expected: JSONValue?) async throws {
        try await SandboxHarness.run {
            $0.behavior.count = variant
        } body: { harness in
            let reply = try await harness.send("GET", "/issues?per_page=10")
            #expect(reply.json?["count"] == expected)
            #expect(reply.json?.objectValue?.keys.contains("count") == (expected != nil))
        }
    }

    @Test func aSingleObjectCanBeWrapped() async throws {
        try await SandboxHarness.run {
            $0.behavior.single = .wrapped
        } body: { harness in
            let row = try #require(try await harness.send("GET", "/issues").rows.first)
            let id = try #require(row["id"]?.stringValue)
            #expect(try await harness.send("GET", "/issues/\(id)").json == ["data": row, "error": nil])
        }
    }

    @Test(arguments: [
        (WriteResponse.object, CreateStatus.created, [201, 200, 200]), (.object, .ok, [200, 200, 200]),
        (.wrapped, .created, [201, 200, 200]), (.empty, .created, [204, 204, 204]),
    ])
    func writesRespondAsConfigured(form: WriteResponse, created: CreateStatus, statuses: [Int]) async throws {
        try await SandboxHarness.run {
            $0.behavior.writeResponse = form
            $0.behavior.createStatus = created
            $0.behavior.deleteResponse = form
        } body: { harness in
            let create = try await harness.send("POST", "/projects", body: #"{"name":"Made"}"#)
            let id = try #require(try await harness.send("GET", "/projects?per_page=1").ids.first)
            let update = try await harness.send("PATCH", "/projects/\(id)", body: #"{"name":"Changed"}"#)
            let delete = try await harness.send("DELETE", "/projects/\(id)")
            #expect([create, update, delete].map(\.status) == statuses)
            let objects = [create, update, delete].map { form == .wrapped ? $0.json?["data"] : $0.json }
            #expect(
                objects.map { $0?["name"]?.stringValue }
                    == (form == .empty ? [nil, nil, nil] : ["Made", "Changed", "Changed"])
            )
            #expect(form != .empty || [create, update, delete].allSatisfy { $0.headers["content-length"] == nil })
            #expect(objects[2]?["deleted_at"]?.stringValue != nil || form == .empty)
        }
    }

    @Test(arguments: [(MissingVariant.notFound, [404, 404]), (.gone, [410, 410]), (.deletedAt, [200, 404])])
    func missingObjectsHaveThreeVariants(variant: MissingVariant, statuses: [Int]) async throws {
        try await SandboxHarness.run {
            $0.behavior.missing = variant
        } body: { harness in
            let id = try #require(try await harness.send("GET", "/issues").ids.first)
            _ = try await harness.send("DELETE", "/issues/\(id)")
            let trashed = try await harness.send("GET", "/issues/\(id)")
            let absent = try await harness.send("GET", "/issues/task_absent")
            #expect([trashed.status, absent.status] == statuses)
            #expect(trashed.json?["deleted_at"] == (variant == .deletedAt ? "2027-01-15T08:00:00Z" : nil))
        }
    }

    @Test(arguments: [
        (
            ErrorShape.flat, #"{"error":"not_found","message":"Issue not found."}"#,
            "application/json; charset=utf-8" as String?
        ),
        (.list, #"{"data":null,"count":0,"error":"Issue not found."}"#, "application/json; charset=utf-8"),
        (.nested, #"{"error":{"code":"not_found","message":"Issue not found."}}"#, "application/json; charset=utf-8"),
        (
            .html,
            "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head><body>404 Not Found</body></html>\n",
            "text/html; charset=utf-8"
        ),
        (.none, "", nil as String?),
    ])
    func errorsHaveFiveShapes(shape: ErrorShape, text: String, type: String?) async throws {
        try await SandboxHarness.run {
            $0.behavior.errors = shape
        } body: { harness in
            let reply = try await harness.send("GET", "/issues/none")
            #expect(reply.status == 404)
            #expect(reply.text == text)
            #expect(reply.headers["content-type"] == type)
        }
    }

    @Test func tooLargePagesCanBeRefused() async throws {
        try await SandboxHarness.run {
            $0.behavior.perPageOver = .refuse
        } body: { harness async throws in
            #expect(try await harness.send("GET", "/issues?per_page=100").status == 200)
            #expect(try await harness.send("GET", "/issues?per_page=101").status == 400)
        }
    }

    @Test func aPagePastTheEndCanBe404() async throws {
        try await SandboxHarness.run {
            $0.behavior.overPage = .notFound
        } body: { harness async throws in
            #expect(try await harness.send("GET", "/issues?page=3").status == 200)
            #expect(try await harness.send("GET", "/issues?page=4").status == 404)
            #expect(try await harness.send("GET", "/issues?status=none").status == 200)
        }
    }

    @Test func listRowsCanBeSummaries() async throws {
        try await SandboxHarness.run {
            $0.behavior.rows = .summary
        } body: { harness in
            let row = try #require(try await harness.send("GET", "/issues").rows.first?.objectValue)
            let id = try #require(row["id"]?.stringValue)
            var whole = try #require(try await harness.send("GET", "/issues/\(id)").json?.objectValue)
            #expect(whole["custom_fields"] != nil)
            for member in ["description", "labels", "custom_fields"] { whole[member] = nil }
            #expect(row == whole)
        }
    }

    @Test(arguments: [(DateFormat.date, "2026-05-04" as JSONValue), (.dateTime, "2026-05-04T00:00:00Z"), (.null, nil)])
    func datesHaveThreeForms(form: DateFormat, expected: JSONValue) async throws {
        try await SandboxHarness.run {
            $0.behavior.dates = form
        } body: { harness in
            let id = try #require(try await harness.send("GET", "/issues").ids.first)
            let body = #"{"due_date":"2026-05-04","custom_fields":{"planned_start":"2026-05-04"}}"#
            let issue = try await harness.send("PATCH", "/issues/\(id)", body: body).json
            #expect(issue?["due_date"] == expected)
            #expect(issue?["custom_fields"]?["planned_start"] == expected)
        }
    }

    @Test func unknownMembersCanAppear() async throws {
        try await SandboxHarness.run {
            $0.behavior.extraMembers = true
        } body: { harness in
            let list = try await harness.send("GET", "/projects")
            #expect(list.json?["meta"] == ["region": "eu"])
            #expect(list.rows.allSatisfy { $0["sort_weight"] == 1 && $0["_links"]?["self"] != nil })
        }
    }

    @Test func listsCanBeginWithTheOldest() async throws {
        try await SandboxHarness.run {
            $0.behavior.defaultOrder = .ascending
        } body: { harness in
            let ascending = try await harness.send("GET", "/issues?order=asc")
            #expect(try await harness.send("GET", "/issues") == ascending)
        }
    }

    @Test(arguments: [
        (Validators.etag, "etag", "If-None-Match"), (.lastModified, "last-modified", "If-Modified-Since"),
    ])
    func validatorsShowWhetherSomethingChanged(kind: Validators, header: String, condition: String) async throws {
        try await SandboxHarness.run {
            $0.behavior.validators = kind
        } body: { harness in
            let id = try #require(try await harness.send("GET", "/issues").ids.first)
            for path in ["/issues", "/issues/\(id)"] {
                let validator = try #require(try await harness.send("GET", path).headers[header])
                let same = try await harness.send("GET", path, headers: ["\(condition): \(validator)"])
                #expect(same.status == 304 && same.body.isEmpty, "\(path)")
                #expect(same.headers[header] == validator, "\(path)")
                _ = try await harness.send(
                    "PATCH",
                    "/issues/\(id)",
                    body: #"{"status":"\#(path == "/issues" ? "a" : "b")"}"#
                )
                let changed = try await harness.send("GET", path, headers: ["\(condition): \(validator)"])
                #expect(changed.status == 200 && !changed.body.isEmpty, "\(path)")
                #expect(changed.headers[header] != validator, "\(path)")
            }
        }
    }
}
