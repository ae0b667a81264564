import JSON
import Sandbox
import Testing

@Suite struct ShiftTests {
    private static let lists = [
        "/issues", "/issues?order=asc", "/issues?sort=updated_at", "/issues?sort=status&order=asc",
        "/issues?sort=due_date",
    ]

    @Test(arguments: lists)
    func anInsertedRowRepeatsTheLastOfAPage(list: String) async throws {
        try await SandboxHarness.run {
            $0.behavior.shift = .insert
        } body: { harness in
            let ids = try await harness.allIDs(list, perPage: 20)
            #expect(ids.count == 63)
            #expect(ids[19] == ids[20] && ids[39] == ids[40])
            #expect(Set(ids).count == 60)
        }
    }

    @Test(arguments: lists)
    func aRemovedRowMakesTheNextPageMissOne(list: String) async throws {
        try await SandboxHarness.run {
            $0.behavior.shift = .remove
        } body: { harness in
            let ids = try await harness.allIDs(list, perPage: 20)
            #expect(ids.count == 58)
            #expect(Set(ids).count == 58)
        }
    }

    @Test(arguments: lists)
    func aMovedRowIsMissedAndAnotherRepeats(list: String) async throws {
        try await SandboxHarness.run {
            $0.behavior.shift = .move
        } body: { harness in
            let ids = try await harness.allIDs(list, perPage: 20)
            #expect(ids.count == 60)
            #expect(ids[19] == ids[20] && ids[39] == ids[40])
            #expect(Set(ids).count == 58)
        }
    }

    @Test func rowsChangeByThemselves() async throws {
        try await SandboxHarness.run { harness in
            let changes = harness.server.changeRows()
            #expect(changes.map(\.workspace) == ["acme", "globex"])
            #expect(harness.server.changes() == changes)
            let issue = try await harness.send("GET", "/issues/\(changes[0].id)").json
            #expect(issue?["title"]?.stringValue == changes[0].title)
            #expect(issue?["updated_at"]?.stringValue == changes[0].updatedAt)
            #expect(changes[0].title.hasSuffix(" (change 1)"))
            #expect(try await harness.sendOwn("POST", "/_sandbox/change").json?.arrayValue?.count == 2)
            #expect(try await harness.sendOwn("GET", "/_sandbox/changes").json?.arrayValue?.count == 4)
        }
    }
}
