import JSON
import Sandbox
import Testing

/// What lists look like under each API variant.
@Suite struct ListVariantTests {
    @Test func aSmallerCapShiftsAllPages() async throws {
        try await SandboxHarness.run {
            $0.behavior.pageCap = 25
        } body: { harness in
            let all = try await harness.allIDs("/issues", perPage: 25)
            #expect(Set(all).count == 60)
            let second = try await harness.send("GET", "/issues?page=2&per_page=100")
            #expect(second.ids == Array(all[25..<50]))
            #expect(second.json?["count"] == 60)
        }
    }

    @Test func hiddenRowsShortenPagesAndStillCount() async throws {
        try await SandboxHarness.run {
            $0.behavior.hideEvery = 4
        } body: { harness in
            var lengths: [Int] = []
            for page in 1...3 {
                let reply = try await harness.send("GET", "/issues?page=\(page)&per_page=20")
                #expect(reply.json?["count"] == 60)
                lengths.append(reply.ids.count)
            }
            let total = lengths.reduce(0, +)
            #expect(lengths.allSatisfy { $0 < 20 } && (30..<60).contains(total), "\(lengths)")
            let others = try await harness.allIDs("/issues?sort=title", perPage: 20)
            #expect(Set(others) == Set(try await harness.allIDs("/issues", perPage: 20)))
        }
    }

    @Test func hiddenRowsAreMissingByID() async throws {
        try await SandboxHarness.run { harness in
            let all = try await harness.allIDs("/issues", perPage: 100)
            try await SandboxHarness.run {
                $0.behavior.hideEvery = 3
            } body: { hiding in
                let shown = Set(try await hiding.allIDs("/issues", perPage: 100))
                for id in all {
                    let status = try await hiding.send("GET", "/issues/\(id)").status
                    #expect(status == (shown.contains(id) ? 200 : 404))
                }
                for _ in 0..<8 {
                    let project = try await hiding.send("POST", "/projects", body: #"{"name":"x"}"#)
                    let id = try #require(project.json?["id"]?.stringValue)
                    #expect(try await hiding.send("GET", "/projects/\(id)").status == 200)
                }
            }
        }
    }

    @Test func aPageInTheMiddleCanBeEmpty() async throws {
        try await SandboxHarness.run {
            $0.issues = 250
            $0.behavior.emptyPage = 2
            $0.behavior.overPage = .notFound
        } body: { harness in
            var lengths: [Int] = []
            for page in 1...3 {
                let reply = try await harness.send("GET", "/issues?page=\(page)&per_page=100")
                #expect(reply.json?["count"] == 250)
                lengths.append(reply.ids.count)
            }
            #expect(lengths == [100, 0, 50])
            #expect(try await harness.send("GET", "/issues?page=4&per_page=50").ids == [])
            #expect(try await harness.send("GET", "/issues?page=4&per_page=100").status == 404)
        }
    }

    @Test(arguments: [(7, 0, [67, 67, 67]), (-100, 0, [0, 0, 0]), (0, 2, [62, 58, 62])])
    func countsCanBeWrong(offset: Int, drift: Int, expected: [Int]) async throws {
        try await SandboxHarness.run {
            $0.behavior.countOffset = offset
            $0.behavior.countDrift = drift
        } body: { harness in
            var counts: [Int?] = []
            for page in 1...3 {
                counts.append(
                    try await harness.send("GET", "/issues?page=\(page)&per_page=20").json?["count"]?.intValue
                )
            }
            #expect(counts == expected)
        }
    }

    @Test(arguments: [(OddRow.null, JSONValue.null), (.text, "not a row")])
    func aPageCanHoldWhatIsNoRow(oddRow: OddRow, expected: JSONValue) async throws {
        try await SandboxHarness.run {
            $0.behavior.oddRow = oddRow
        } body: { harness in
            let rows = try await harness.send("GET", "/issues?per_page=10").rows
            #expect(rows.count == 11)
            #expect(rows[1] == expected)
        }
    }

    @Test func aPageCanRepeatARow() async throws {
        try await SandboxHarness.run {
            $0.behavior.oddRow = .repeated
        } body: { harness in
            let ids = try await harness.send("GET", "/issues?per_page=10").ids
            #expect(ids.count == 11)
            #expect(ids[0] == ids[1])
            #expect(Set(ids).count == 10)
        }
    }

    @Test(arguments: [(TrashedRows.omitted, 55, 0), (.listed, 60, 5)])
    func trashedRowsCanBeListed(variant: TrashedRows, count: Int, trashed: Int) async throws {
        try await SandboxHarness.run {
            $0.trashed = 5
            $0.behavior.trashedRows = variant
        } body: { harness in
            let reply = try await harness.send("GET", "/issues?per_page=100")
            #expect(reply.json?["count"]?.intValue == count)
            #expect(reply.rows.filter { $0["deleted_at"] != nil }.count == trashed)
            for row in reply.rows where row["deleted_at"] != nil {
                let id = try #require(row["id"]?.stringValue)
                #expect(try await harness.send("GET", "/issues/\(id)").status == 404)
            }
        }
    }

    @Test func rowsMoveAsOftenAsAsked() async throws {
        try await SandboxHarness.run {
            $0.behavior.shift = .move
            $0.behavior.shiftTimes = 1
        } body: { harness in
            let ids = try await harness.allIDs("/issues", perPage: 20)
            #expect(ids.count == 60)
            #expect(Set(ids).count == 59)
            #expect(Set(try await harness.allIDs("/issues", perPage: 20)).count == 60)
        }
    }

    @Test func equalRowsCanChangeTheirOrder() async throws {
        try await SandboxHarness.run {
            $0.behavior.ties = .unstable
        } body: { harness in
            let path = "/issues?sort=status&order=asc&per_page=100"
            let first = try await harness.send("GET", path)
            let second = try await harness.send("GET", path)
            #expect(first.ids != second.ids)
            #expect(Set(first.ids) == Set(second.ids))
            let statuses = [first, second].map { $0.rows.map { $0["status"]?.stringValue ?? "" } }
            #expect(statuses[0] == statuses[0].sorted())
            #expect(statuses[0] == statuses[1])
            let byTime = "/issues?sort=created_at&per_page=100"
            #expect(try await harness.send("GET", byTime).ids == harness.send("GET", byTime).ids)
        }
    }
}
