import JSON
import Sandbox
import Testing

/// What objects and their members look like under each API variant.
@Suite struct ObjectVariantTests {
    @Test(arguments: [
        (NullVariant.present, true, true), (.omittedInRows, false, true), (.omittedInObjects, true, false),
        (.omitted, false, false),
    ])
    func nullsCanBeLeftOut(nulls: NullVariant, inRows: Bool, inObjects: Bool) async throws {
        try await SandboxHarness.run {
            $0.behavior.nulls = nulls
        } body: { harness in
            let rows = try await harness.send("GET", "/issues?per_page=100").rows
            #expect(rows.contains { $0["assignee_id"]?.isNull == true } == inRows)
            #expect(rows.contains { $0.objectValue?.keys.contains("assignee_id") == false } == !inRows)
            let id = try #require(rows.first?["id"]?.stringValue)
            let written = try await harness.send("PATCH", "/issues/\(id)", body: #"{"assignee_id":null}"#).json
            let read = try await harness.send("GET", "/issues/\(id)").json
            for object in [written, read] {
                #expect(object?.objectValue?.keys.contains("assignee_id") == inObjects)
            }
        }
    }

    @Test func idsCanBeNumbers() async throws {
        try await SandboxHarness.run {
            $0.behavior.idType = .number
        } body: { harness in
            let row = try #require(try await harness.send("GET", "/issues?per_page=1").rows.first)
            let id = try #require(row["id"]?.numberValue?.text)
            let project = try #require(row["project_id"]?.numberValue?.text)
            #expect(id.utf8.count == 19 && project.utf8.count == 19)
            #expect(try await harness.send("GET", "/issues/\(id)").json == row)
            let listed = try await harness.send("GET", "/issues?project_id=\(project)&per_page=100").rows
            #expect(listed.contains(row))
            for sent in [project, "\"\(project)\""] {
                let body = #"{"project_id":\#(sent),"title":"x"}"#
                let made = try await harness.send("POST", "/issues", body: body)
                #expect(made.status == 201)
                #expect(made.json?["project_id"] == row["project_id"])
            }
        }
    }

    @Test(arguments: [(IDSpelling.exact, 404), (.canonical, 200), (.echoed, 200)])
    func idsCanHaveOtherSpellings(spelling: IDSpelling, status: Int) async throws {
        try await SandboxHarness.run {
            $0.behavior.idSpelling = spelling
        } body: { harness in
            let row = try #require(try await harness.send("GET", "/issues?per_page=1").rows.first)
            let id = try #require(row["id"]?.stringValue)
            let other = id.uppercased().replacing("_", with: "-")
            let reply = try await harness.send("GET", "/issues/\(other)")
            #expect(reply.status == status)
            guard status == 200 else { return }
            var expected = try #require(row.objectValue)
            expected["id"] = .string(spelling == .echoed ? other : id)
            #expect(reply.json == .object(expected))
            #expect(
                try await harness.send("PATCH", "/issues/\(other)", body: #"{"title":"x"}"#).json?["id"] == row["id"]
            )
            let project = try #require(row["project_id"]?.stringValue)
            #expect(try await harness.send("GET", "/issues?project_id=\(project.uppercased())").ids.contains(id))
            #expect(try await harness.send("DELETE", "/issues/\(other)").status == 204)
        }
    }

    @Test func numbersCanHaveDigitsThatADoubleDoesNotKeep() async throws {
        try await SandboxHarness.run {
            $0.behavior.numbers = .exact
        } body: { harness in
            let text = try await harness.send("GET", "/issues?per_page=100").text
            for number in ["1604029199751626752", "12.50", "1E400", "-0.0"] {
                #expect(text.contains(#""risk_score":\#(number),"#), "\(number)")
            }
        }
    }

    @Test func jsonCanBeginWithAByteOrderMark() async throws {
        try await SandboxHarness.run {
            $0.behavior.byteOrderMark = true
        } body: { harness in
            for path in ["/issues", "/issues/none"] {
                let reply = try await harness.send("GET", path)
                #expect(reply.body.starts(with: [0xEF, 0xBB, 0xBF, UInt8(ascii: "{")]))
                #expect((try? JSONValue(parsing: Array(reply.body.dropFirst(3)))) != nil)
            }
        }
    }

    @Test func namesCanEndInHalfASurrogatePair() async throws {
        try await SandboxHarness.run {
            $0.behavior.loneSurrogates = true
        } body: { harness in
            let list = try await harness.send("GET", "/issues?per_page=100").text
            let count = list.ranges(of: #"\ud83d""#).count
            #expect((5..<40).contains(count), "\(count)")
        }
    }

    @Test func writesCanRespondWithTheIDAlone() async throws {
        try await SandboxHarness.run {
            $0.behavior.writtenMembers = .id
        } body: { harness in
            let id = try #require(try await harness.send("GET", "/issues").ids.first)
            let reply = try await harness.send("PATCH", "/issues/\(id)", body: #"{"title":"Changed"}"#)
            #expect(reply.json == ["id": .string(id)])
            #expect(try await harness.send("GET", "/issues/\(id)").json?["title"] == "Changed")
        }
    }

    @Test func writesCanBeQueued() async throws {
        try await SandboxHarness.run {
            $0.behavior.writeCompletion = .queued
        } body: { harness in
            let id = try #require(try await harness.send("GET", "/issues").ids.first)
            for (method, path, body) in [
                ("POST", "/projects", #"{"name":"x"}"#), ("PATCH", "/issues/\(id)", #"{"title":"x"}"#),
                ("DELETE", "/issues/\(id)", nil as String?),
            ] {
                let reply = try await harness.send(method, path, body: body)
                #expect(reply.status == 202)
                #expect(reply.json?["job"]?["status"] == "queued")
            }
        }
    }

    @Test(arguments: [(LocationHeader.absent, nil as String?), (.path, "/api/v1/projects/"), (.relative, "projects/")])
    func creationCanStateALocation(variant: LocationHeader, prefix: String?) async throws {
        try await SandboxHarness.run {
            $0.behavior.location = variant
            $0.behavior.writeResponse = .empty
        } body: { harness in
            let reply = try await harness.send("POST", "/projects", body: #"{"name":"Made"}"#)
            #expect(reply.status == 204)
            let location = reply.headers["location"]
            guard let prefix else {
                #expect(location == nil)
                return
            }
            let id = try #require(location.flatMap { $0.hasPrefix(prefix) ? $0.dropFirst(prefix.count) : nil })
            #expect(try await harness.send("GET", "/projects/\(id)").json?["name"] == "Made")
        }
    }
}
