import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// Lists over HTTP, from an upstream that irregularly hides, repeats and miscounts rows: none is lost, and none comes twice.
@Suite struct IrregularListTests {
    /// Plays a variant; the test gets what the three workspaces show, page by page.
    private func run(
        issues: Int = 230,
        _ change: (inout SandboxBehavior) -> Void,
        _ body: (SandboxUnderTest, GatewayUnderTest) async throws -> Void
    ) async throws {
        let configuration = SandboxUnderTest.configuration { configuration in
            configuration.issues = issues
            change(&configuration.behavior)
        }
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway { gateway in try await body(sandbox, gateway) }
        }
    }

    /// The ids that the pages of a list show, each once, in order.
    private func listed(_ query: String, _ sandbox: SandboxUnderTest, slug: String = "acme") async throws -> [String] {
        let paths = (1...5).map { ("GET", "/issues?\(query)page=\($0)&per_page=100") }
        let pages = try await sandbox.send(paths, key: SandboxUnderTest.ownerKey(slug))
        var ids: [String] = []
        for row in pages.flatMap({ $0["data"]?.arrayValue ?? [] }) {
            guard let id = row["id"]?.stringValue, !ids.contains(id) else { continue }
            ids.append(id)
        }
        return ids
    }

    private func ids(_ connection: JSONValue?) -> [String] {
        (connection?["nodes"]?.arrayValue ?? []).map { $0["id"]?.stringValue ?? "" }
    }

    /// Walks over the issues of all workspaces, and returns what is shown.
    private func walk(_ gateway: GatewayUnderTest, by size: Int, backward: Bool) async throws -> [String] {
        let (count, place) = backward ? ("last", "before") : ("first", "after")
        var shown: [String] = []
        var cursor: String?
        for _ in 0..<200 {
            let beside = cursor.map { ", \(place): \"\($0)\"" } ?? ""
            let query = """
                { issues(\(count): \(size)\(beside)) { nodes { id } \
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }
                """
            let issues = try await gateway.askAll(query).json()["data"]?["issues"]
            shown = backward ? ids(issues) + shown : shown + ids(issues)
            let info = issues?["pageInfo"]
            cursor = info?[backward ? "startCursor" : "endCursor"]?.stringValue
            guard info?[backward ? "hasPreviousPage" : "hasNextPage"] == true else { return shown }
        }
        return shown
    }

    @Test(arguments: [false, true], [(OddRow.repeated, 36, 25), (.null, 101, 100), (.text, 101, 100)])
    func aMergedWalkShowsEachRowOnce(backward: Bool, odd: (row: OddRow, issues: Int, cap: Int)) async throws {
        try await run(issues: odd.issues) {
            $0.oddRow = odd.row
            $0.pageCap = odd.cap
        } _: { sandbox, gateway in
            var expected: [String] = []
            for slug in SandboxUnderTest.slugs { expected += try await listed("", sandbox, slug: slug) }
            let shown = try await walk(gateway, by: 7, backward: backward)
            #expect(shown.count == expected.count)
            #expect(Set(shown) == Set(expected))
        }
    }

    @Test func aPageWithoutRowsIsMissingInNoNarrowerList() async throws {
        try await run {
            $0.emptyPage = 2
        } _: { sandbox, gateway in
            _ = try await gateway.askFirst("{ issues(first: 1000) { nodes { id } } }")
            for status in ["open", "done", "in_progress", "in_review"] {
                let query = "{ issues(first: 300, status: \"\(status)\") { nodes { id } } }"
                let response = try await gateway.askFirst(query).json()
                #expect(response["errors"] == nil)
                #expect(ids(response["data"]?["issues"]) == (try await listed("status=\(status)&", sandbox)))
            }
        }
    }

    @Test(arguments: [101, 130]) func pagesThatCountTheirOwnRowsMayLackSome(issues: Int) async throws {
        try await run(issues: issues) {
            $0.hideEvery = 7
            $0.count = .page
        } _: { sandbox, gateway in
            let listed = try await listed("", sandbox)
            let response = try await gateway.askFirst("{ issues(first: 1000) { totalCount nodes { id } } }").json()
            #expect(ids(response["data"]?["issues"]) == listed)
            #expect(response["data"]?["issues"]?["totalCount"] != .number(JSONNumber(86)))
            let further = try await gateway.askFirst("{ issues(first: 86) { pageInfo { hasNextPage } } }").json()
            #expect(further["data"]?["issues"]?["pageInfo"]?["hasNextPage"] == .bool(listed.count > 86))
        }
    }

    @Test(arguments: [20, 25, 50, 80]) func pagesThatCountTheirOwnRowsMayBeCapped(cap: Int) async throws {
        try await run(issues: 200) {
            $0.pageCap = cap
            $0.count = .page
        } _: { _, gateway in
            let query = "{ issues(first: 1000) { nodes { id } pageInfo { hasNextPage } } }"
            let issues = try await gateway.askFirst(query).json()["data"]?["issues"]
            #expect(ids(issues).count == 200)
            #expect(issues?["pageInfo"]?["hasNextPage"] == false)
        }
    }

    /// A list that ended with a short page may have another one after a write, although its first one is as long as before.
    @Test(arguments: OverPage.allCases) func theEndIsLookedForAgainAfterAWrite(overPage: OverPage) async throws {
        try await run(issues: 99) {
            ($0.count, $0.hideEvery, $0.overPage) = (.page, 7, overPage)
        } _: { sandbox, gateway in
            let query = "{ issues(first: 1000, sort: \"id\", order: ASC) { nodes { id } } }"
            for number in 0..<8 {
                let issues = try await gateway.askFirst(query).json()["data"]?["issues"]
                let rows = sandbox.server.rows(of: "issues", seenBy: SandboxUnderTest.ownerKey("acme"))
                let expected = rows.filter { !$0.isHidden && !$0.isTrashed }.map(\.id).sorted()
                #expect(ids(issues) == expected, "after \(number) writes")
                let project = try #require(
                    sandbox.server.rows(of: "projects", seenBy: SandboxUnderTest.ownerKey("acme")).first?.id
                )
                let input = "{ projectId: \"\(project)\", title: \"T\" }"
                _ = try await gateway.askFirst("mutation { createIssue(input: \(input)) { issue { id } } }")
            }
        }
    }

    /// That a list of projects was complete says nothing of a page of issues that has fewer rows.
    @Test(arguments: 2...4 as ClosedRange<UInt64>) func completeListOfOneRouteTeachesNothingOfAnother(
        seed: UInt64
    ) async throws {
        let configuration = SandboxUnderTest.configuration { configuration in
            (configuration.seed, configuration.projects, configuration.issues) = (seed, 100, 300)
            (configuration.behavior.count, configuration.behavior.hideEvery) = (.missing, 7)
        }
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway { gateway in
                _ = try await gateway.askFirst("{ projects(first: 200) { nodes { id } } }")
                let response = try await gateway.askFirst("{ issues(first: 400) { nodes { id } } }").json()
                #expect(ids(response["data"]?["issues"]) == (try await listed("", sandbox)))
            }
        }
    }

    @Test(arguments: [false, true]) func wrongCountIsNotTakenForMovedRows(repeats: Bool) async throws {
        try await run(issues: repeats ? 101 : 230) { behavior in
            if repeats {
                (behavior.emptyPage, behavior.oddRow) = (1, .repeated)
            } else {
                (behavior.hideEvery, behavior.countDrift) = (2, 3)
            }
        } _: { sandbox, gateway in
            for _ in 0..<2 {
                let response = try await gateway.askFirst("{ issues(first: 1000) { nodes { id } } }").json()
                #expect(response["errors"] == nil)
                #expect(ids(response["data"]?["issues"]) == (try await listed("", sandbox)))
            }
        }
    }
}
