import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// Lists are sorted by a field's name in the schema as by the upstream's.
@Suite struct SortNameTests {
    @Test func sortTakesTheSchemasNameOfAField() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                func ids(_ sort: String, _ arguments: String = "") async throws -> JSONValue? {
                    let query = "{ issues(first: 20, sort: \"\(sort)\", order: ASC\(arguments)) { nodes { id } } }"
                    return try await gateway.askAll(query).json()["data"]
                }
                let one = #", workspaces: ["acme"]"#
                let upstream = try await ids("updated_at", one)
                let calls = sandbox.server.calls().total
                #expect(try await ids("updatedAt", one) == upstream)
                #expect(sandbox.server.calls().total == calls)
                // Rows of several workspaces are merged by that member.
                #expect(try await ids("updatedAt") == ids("updated_at"))
                #expect(try await ids("updatedAt") != ids("created_at"))
            }
        }
    }
}
