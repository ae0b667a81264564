import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// The last rows of several workspaces together, and those before a cursor.
@Suite struct MergedEndTests {
    private static let order = #"sort: "created_at", order: ASC"#

    private func rows(_ arguments: String, _ gateway: GatewayUnderTest) async throws -> (JSONValue, [JSONValue]) {
        let query = """
            { issues(\(Self.order), \(arguments)) { totalCount edges { cursor node { id } } \
            pageInfo { hasNextPage hasPreviousPage } } }
            """
        let response = try await gateway.askAll(query).json()
        #expect(response["errors"] == nil)
        let issues = try #require(response["data"]?["issues"])
        return (issues, issues["edges"]?.arrayValue ?? [])
    }

    @Test func theLastRowsAreThoseOfTheMergedList() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration { $0.issues = 130 }) { sandbox in
            try await sandbox.withGateway { gateway in
                let (whole, all) = try await rows("first: 1000", gateway)
                #expect(all.count == 390)
                #expect(whole["totalCount"] == 390)
                for count in [1, 2, 7, 120, 390, 500] {
                    let (issues, last) = try await rows("last: \(count)", gateway)
                    #expect(last == Array(all.suffix(count)), "last: \(count)")
                    #expect(
                        issues["pageInfo"] == ["hasNextPage": false, "hasPreviousPage": .bool(count < 390)],
                        "last: \(count)"
                    )
                }
                for place in [0, 1, 5, 200, 389] {
                    let cursor = try #require(all[place]["cursor"]?.stringValue)
                    let (issues, before) = try await rows("last: 10, before: \"\(cursor)\"", gateway)
                    #expect(before == Array(all[..<place].suffix(10)), "before \(place)")
                    #expect(issues["pageInfo"]?["hasNextPage"] == true)
                    #expect(issues["pageInfo"]?["hasPreviousPage"] == .bool(place > 10))
                }
            }
        }
    }
}
