import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// Lists over HTTP, from an upstream whose pages, counts and rows are not what its documentation says.
@Suite struct ListVariantTests {
    private static let all = #"{ issues(first: 1000) { totalCount nodes { id } pageInfo { hasNextPage } } }"#

    private func run(
        _ behavior: SandboxBehavior,
        _ body: (SandboxUnderTest, GatewayUnderTest) async throws -> Void
    ) async throws {
        let configuration = SandboxUnderTest.configuration { $0.behavior = behavior }
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway { gateway in try await body(sandbox, gateway) }
        }
    }

    private func behavior(_ change: (inout SandboxBehavior) -> Void) -> SandboxBehavior {
        var behavior = SandboxBehavior()
        change(&behavior)
        return behavior
    }

    private func ids(_ connection: JSONValue?) -> [String] {
        (connection?["nodes"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
    }

    @Test(arguments: [10, 33, 50]) func aSmallerCapOfPagesChangesNoList(cap: Int) async throws {
        try await run(behavior { $0.pageCap = cap }) { _, gateway in
            let response = try await gateway.askFirst(Self.all).json()
            #expect(response["errors"] == nil)
            let issues = response["data"]?["issues"]
            #expect(Set(ids(issues)).count == 230)
            #expect(issues?["totalCount"] == 230)
            #expect(issues?["pageInfo"]?["hasNextPage"] == false)
            let last = try await gateway.askFirst("{ issues(last: 3) { nodes { id } } }").json()
            #expect(ids(last["data"]?["issues"]) == ids(issues).suffix(3))
        }
    }

    @Test(arguments: OverPage.allCases) func aPagePastTheEndHasATotal(
        overPage: OverPage
    )
        async throws
    {
        try await run(behavior { $0.overPage = overPage }) { _, gateway in
            let query = "{ issues(page: 9, perPage: 50) { totalCount nodes { id } pageInfo { hasNextPage } } }"
            let response = try await gateway.askFirst(query).json()
            #expect(
                response == [
                    "data": ["issues": ["totalCount": 230, "nodes": [], "pageInfo": ["hasNextPage": false]]]
                ]
            )
        }
    }

    @Test func aRepeatedRowIsShownOnceOnAWalkFromTheEnd() async throws {
        let repeating = behavior { ($0.oddRow, $0.pageCap) = (.repeated, 25) }
        try await run(repeating) { _, gateway in
            var shown: [String] = []
            var cursor: String?
            repeat {
                let before = cursor.map { ", before: \"\($0)\"" } ?? ""
                let query = "{ issues(last: 10\(before)) { nodes { id } pageInfo { hasPreviousPage startCursor } } }"
                let issues = try await gateway.askFirst(query).json()["data"]?["issues"]
                shown += ids(issues)
                let pageInfo = issues?["pageInfo"]
                cursor = pageInfo?["hasPreviousPage"] == true ? pageInfo?["startCursor"]?.stringValue : nil
            } while cursor != nil && shown.count < 1000
            #expect(shown.count == 230)
            #expect(Set(shown).count == 230)
        }
    }

    @Test func anEmptyPageInTheMiddleEndsNoList() async throws {
        try await run(behavior { $0.emptyPage = 2 }) { _, gateway in
            let issues = try await gateway.askFirst(Self.all).json()["data"]?["issues"]
            #expect(ids(issues).count == 130)
            #expect(issues?["pageInfo"]?["hasNextPage"] == false)
        }
    }

    @Test(arguments: [1000, 20, -40]) func aCountThatIsWrongIsReported(offset: Int) async throws {
        try await run(behavior { $0.countOffset = offset }) { _, gateway in
            let response = try await gateway.askFirst(Self.all).json()
            let issues = response["data"]?["issues"]
            #expect(ids(issues).count == 230)
            #expect(issues?["totalCount"] == 230)
            #expect(issues?["pageInfo"]?["hasNextPage"] == false)
            #expect(response["errors"]?.arrayValue?.count == 1)
            let extensions = response["errors"]?[0]?["extensions"]
            #expect(extensions == ["code": "UPSTREAM_INVALID_RESPONSE", "count": .integer(230 + offset), "found": 230])
            #expect(response["errors"]?[0]?["path"] == ["issues"])
        }
    }

    @Test func trashedRowsAreCountedAndNotShown() async throws {
        try await run(behavior { $0.trashedRows = .listed }) { sandbox, gateway in
            let before = ids(try await gateway.askFirst(Self.all).json()["data"]?["issues"])
            let trashed = [before[3], before[120]]
            for id in trashed {
                let response = try await gateway.askFirst(#"mutation { deleteIssue(id: "\#(id)") { deletedId } }"#)
                    .json()
                #expect(response["errors"] == nil)
            }
            let response = try await gateway.askFirst(Self.all).json()
            #expect(response["errors"] == nil)
            let issues = response["data"]?["issues"]
            #expect(ids(issues).count == 228)
            #expect(Set(ids(issues)).isDisjoint(with: trashed))
            #expect(issues?["totalCount"] == 230)
            let window = try await gateway.askFirst("{ issues(first: 5) { nodes { id } } }").json()["data"]?["issues"]
            #expect(ids(window).count == 5)
        }
    }

    @Test(arguments: [OddRow.null, .text]) func aRowThatIsNoObjectIsLeftOut(odd: OddRow) async throws {
        try await run(behavior { $0.oddRow = odd }) { _, gateway in
            let query = "{ projects(first: 100) { nodes { id } pageInfo { hasNextPage } } }"
            let response = try await gateway.askFirst(query).json()
            #expect(ids(response["data"]?["projects"]).count == 12)
            #expect(response["errors"]?.arrayValue?.count == 1)
            #expect(response["errors"]?[0]?["path"] == ["projects"])
            #expect(response["errors"]?[0]?["extensions"]?["code"] == "UPSTREAM_INVALID_RESPONSE")
        }
    }

    @Test func aRowThatStandsTwiceOnAPageIsShownOnce() async throws {
        try await run(behavior { $0.oddRow = .repeated }) { _, gateway in
            let shown = ids(
                try await gateway.askFirst("{ projects(first: 100) { nodes { id } } }").json()["data"]?["projects"]
            )
            #expect(shown.count == 12)
            #expect(Set(shown).count == 12)
        }
    }

    @Test(arguments: [OddRow.repeated, .null, .text], [CountVariant.total, .missing])
    func totalsCountEachObjectOnce(odd: OddRow, count: CountVariant) async throws {
        try await run(behavior { ($0.oddRow, $0.count) = (odd, count) }) { _, gateway in
            let response = try await gateway.askFirst(Self.all).json()
            #expect(response["data"]?["issues"]?["totalCount"] == 230)
            #expect(ids(response["data"]?["issues"]).count == 230)
        }
    }

    @Test func aPageBehindAListWithoutRowsHasATotal() async throws {
        try await run(SandboxBehavior()) { _, gateway in
            let query = #"{ issues(status: "none", page: 4, perPage: 58) { totalCount nodes { id } } }"#
            let response = try await gateway.askFirst(query).json()
            #expect(response == ["data": ["issues": ["totalCount": 0, "nodes": []]]])
        }
    }

    /// A correction that put a written object, with all its members, among summaries made these look whole.
    @Test func summariesAreCompletedAfterAWrite() async throws {
        try await run(behavior { $0.rows = .summary }) { _, gateway in
            let query = #"{ issues(first: 100, sort: "created_at", order: DESC) { nodes { id labels } } }"#
            let before = try await gateway.askFirst(query).json()["data"]?["issues"]
            let id = try #require(ids(before).first)
            let mutation = #"mutation { updateIssue(id: "\#(id)", input: { title: "new" }) { issue { title } } }"#
            let written = try await gateway.askFirst(mutation).json()
            #expect(written == ["data": ["updateIssue": ["issue": ["title": "new"]]]])
            let after = try await gateway.askFirst(query).json()["data"]?["issues"]
            #expect(after == before)
        }
    }

    @Test func anOrderThatChangesFromPageToPageIsReported() async throws {
        try await run(behavior { $0.ties = .unstable }) { _, gateway in
            let query = #"{ issues(first: 1000, sort: "status") { totalCount nodes { id } } }"#
            let response = try await gateway.askFirst(query).json()
            let shown = ids(response["data"]?["issues"])
            #expect(Set(shown).count == shown.count)
            guard shown.count < 230 else { return }
            #expect(response["errors"]?[0]?["extensions"]?["code"] == "UPSTREAM_INVALID_RESPONSE")
        }
    }

    @Test(arguments: [Shift.insert, .remove, .move])
    func listsThatAreSplitByParentHaveTheRightTotals(shift: Shift) async throws {
        var shifting = SandboxBehavior()
        shifting.shift = shift
        shifting.shiftTimes = 1
        try await run(shifting) { sandbox, gateway in
            // The number of all issues is known, so that reading them as one is worth it.
            _ = try await gateway.askFirst("{ issues(first: 1) { totalCount } }")
            let query = "{ projects(first: 12) { nodes { id issues(first: 100) { totalCount nodes { id } } } } }"
            let response = try await gateway.askFirst(query).json()
            #expect(response["errors"] == nil)
            for project in response["data"]?["projects"]?["nodes"]?.arrayValue ?? [] {
                let id = try #require(project["id"]?.stringValue)
                let list = try await sandbox.send(
                    [("GET", "/issues?project_id=\(id)&per_page=100")],
                    key: SandboxUnderTest.ownerKey("acme")
                )
                #expect(project["issues"]?["totalCount"] == list[0]["count"])
            }
        }
    }

    @Test func withoutAWorkspaceNobodyKnowsHowManyRowsThereAre() async throws {
        try await run(SandboxBehavior()) { _, gateway in
            let response = try await gateway.query(
                "{ issues(first: 3) { totalCount nodes { id } } }",
                key: SandboxUnderTest.ownerKey("acme"),
                workspaceKeys: [("globex", SandboxUnderTest.ownerKey("globex")), ("initech", "wsk_live_nobody")]
            ).json()
            #expect(response["data"]?["issues"]?["totalCount"] == .null)
            #expect(ids(response["data"]?["issues"]).count == 3)
            #expect(response["errors"]?.arrayValue?.count == 1)
        }
    }

    @Test func listsAreNotMergedByAMemberThatTheirRowsLack() async throws {
        try await run(behavior { $0.rows = .summary }) { _, gateway in
            let query = #"{ issues(first: 3, sort: "description", order: ASC) { nodes { id } } }"#
            let response = try await gateway.askAll(query).json()
            #expect(response["data"]?["issues"] == .null)
            #expect(response["errors"]?[0]?["extensions"]?["code"] == "BAD_USER_INPUT")
            // Those without a value come first in the other order: there is nothing to compare.
            let last = #"{ issues(first: 3, sort: "description", order: DESC) { nodes { description } } }"#
            let rows = try await gateway.askAll(last).json()
            #expect(rows["errors"] == nil)
            let expected = JSONValue.array(Array(repeating: ["description": .null], count: 3))
            #expect(rows["data"]?["issues"]?["nodes"] == expected)
            let one = try await gateway.askFirst(#"{ issues(first: 3, sort: "description") { nodes { id } } }"#).json()
            #expect(ids(one["data"]?["issues"]).count == 3)
        }
    }
}
