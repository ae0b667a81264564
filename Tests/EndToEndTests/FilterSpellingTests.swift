import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// Filters by ids in another spelling, which the upstream takes for the same: the lists are the upstream's, whatever is cached.
@Suite struct FilterSpellingTests {
    private func total(_ project: String, _ gateway: GatewayUnderTest) async throws -> JSONValue? {
        let response = try await gateway.askFirst("{ issues(projectId: \"\(project)\") { totalCount } }").json()
        #expect(response["errors"] == nil)
        return response["data"]?["issues"]?["totalCount"]
    }

    @Test(arguments: [IDSpelling.canonical, .echoed]) func listFilteredByAnotherSpellingOfAnIDIsFetched(
        _ spelling: IDSpelling
    ) async throws {
        let configuration = SandboxUnderTest.configuration { configuration in
            (configuration.projects, configuration.issues) = (2, 60)
            configuration.behavior.idSpelling = spelling
        }
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway { gateway in
                let projects = try await gateway.askFirst("{ projects(first: 1) { nodes { id } } }").json()
                let id = try #require(projects["data"]?["projects"]?["nodes"]?[0]?["id"]?.stringValue)
                let count = try #require(try await total(id, gateway)?.intValue)
                #expect(count > 0)
                _ = try await gateway.askFirst("{ issues(first: 100) { nodes { id projectId } } }")
                #expect(try await total(id.uppercased(), gateway) == .integer(count))
                let input = "{ projectId: \"\(id.uppercased())\", title: \"T\" }"
                let created = try await gateway.askFirst("mutation { createIssue(input: \(input)) { issue { id } } }")
                    .json()
                #expect(created["errors"] == nil)
                #expect(try await total(id.uppercased(), gateway) == .integer(count + 1))
                #expect(try await total(id, gateway) == .integer(count + 1))
            }
        }
    }
}
