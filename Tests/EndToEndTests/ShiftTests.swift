import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// Rows that move from page to page while these are read: no response shows an object twice.
@Suite struct ShiftTests {
    static let shifts: [Shift] = [.insert, .remove, .move]

    @Test(arguments: shifts, CountVariant.allCases)
    func aListShowsNoObjectTwice(shift: Shift, count: CountVariant) async throws {
        try await withShifting(shift, count) { gateway in
            let query = #"{ issues(first: 1000) { nodes { id } edges { node { id } } } }"#
            let issues = try await gateway.askFirst(query).json()["data"]?["issues"]
            let ids = (issues?["nodes"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
            #expect(Set(ids).count == ids.count)
            // Three pages are read, so that two rows at most go by unseen. Counts that show it have the pages read again, which
            // removes two rows more.
            #expect((226...232).contains(ids.count))
            #expect(issues?["edges"]?.arrayValue?.compactMap { $0["node"]?["id"]?.stringValue } == ids)
        }
    }

    /// The last row of a page that comes again on the next one leaves a gap, which the page behind the window fills.
    @Test(arguments: shifts, CountVariant.allCases)
    func aWindowIsFilledFromTheNextPage(shift: Shift, count: CountVariant) async throws {
        try await withShifting(shift, count) { gateway in
            let query = "{ issues(first: 200) { nodes { id } pageInfo { hasNextPage } } }"
            let issues = try await gateway.askFirst(query).json()["data"]?["issues"]
            let ids = (issues?["nodes"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
            #expect(Set(ids).count == 200)
            #expect(issues?["pageInfo"]?["hasNextPage"] == true)
        }
    }

    @Test(arguments: shifts)
    func aMergedListShowsNoObjectTwice(shift: Shift) async throws {
        try await withShifting(shift, .total) { gateway in
            let query = #"{ issues(first: 650, sort: "created_at", order: DESC) { nodes { nodeId } } }"#
            let nodes = try #require(try await gateway.askAll(query).json()["data"]?["issues"]?["nodes"]?.arrayValue)
            #expect(Set(nodes).count == nodes.count)
            #expect(nodes.count >= 640)
        }
    }

    @Test(arguments: shifts)
    func listsThatAreSplitByParentShowNoObjectTwice(shift: Shift) async throws {
        try await withShifting(shift, .total) { gateway in
            let query = """
                { projects(first: 12) { nodes { id issues(first: 100) { totalCount nodes { id \
                projectId } } } } }
                """
            let json = try await gateway.askFirst(query).json()
            #expect(json["errors"] == nil)
            let projects = try #require(json["data"]?["projects"]?["nodes"]?.arrayValue)
            for project in projects {
                let issues = project["issues"]?["nodes"]?.arrayValue ?? []
                #expect(Set(issues).count == issues.count)
                #expect(issues.allSatisfy { $0["projectId"] == project["id"] })
            }
        }
    }

    @Test(arguments: shifts)
    func objectsByKeyAreFoundWhereverTheyMove(shift: Shift) async throws {
        try await withShifting(shift, .total) { gateway in
            let list = #"{ issues(first: 60, sort: "id", order: ASC) { nodes { id } } }"#
            let nodes = try #require(try await gateway.askFirst(list).json()["data"]?["issues"]?["nodes"]?.arrayValue)
            let ids = nodes.compactMap { $0["id"]?.stringValue }
            let fields = ids.enumerated().map { "i\($0.offset): issue(id: \"\($0.element)\") { id }" }
            let json = try await gateway.askFirst("{ \(fields.joined(separator: " ")) }").json()
            let found = ids.indices.filter { json["data"]?["i\($0)"]?["id"] == .string(ids[$0]) }
            #expect(json["errors"] == nil)
            // Where rows go to the trash meanwhile, those may be missing; no other is.
            #expect(found.count >= (shift == .remove ? ids.count - 8 : ids.count))
        }
    }

    private func withShifting(
        _ shift: Shift,
        _ count: CountVariant,
        _ body: (GatewayUnderTest) async throws -> Void
    ) async throws {
        let configuration = SandboxUnderTest.configuration { configuration in
            configuration.behavior.shift = shift
            configuration.behavior.count = count
        }
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway(body)
        }
    }
}
