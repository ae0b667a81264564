import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// Which workspaces a field asks, and what is wrong with arguments that name none.
@Suite struct WorkspaceSelectionTests {
    private func errors(of response: GatewayUnderTest.Response) throws -> [JSONValue] {
        try (response.json()["errors"]?.arrayValue ?? []).map { error in
            [
                "code": error["extensions"]?["code"] ?? .null, "path": error["path"] ?? .null,
                "message": error["message"] ?? .null,
            ]
        }
    }

    private static let fields = [
        "projects(first: 1) { totalCount }", "project(id: \"1\") { id }", "issues(first: 1) { totalCount }",
        "issue(id: \"1\", workspace: \"acme\") { id }", "workspace { slug }", "workspace(slug: \"acme\") { slug }",
        "projects(first: 1, workspaces: [\"acme\"]) { totalCount }",
    ]

    @Test(arguments: fields)
    func withoutAnyKeyFieldsAreUnauthenticated(field: String) async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let response = try await gateway.query("{ field: \(field) }")
                #expect(try response.json()["data"] == ["field": .null])
                let error = try #require(try errors(of: response).first)
                #expect(error["code"] == "UNAUTHENTICATED", "\(response.text)")
                #expect(error["path"] == ["field"])
            }
        }
    }

    @Test func withoutAnyKeyNothingIsWritten() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let response = try await gateway.query("mutation { deleteIssue(id: \"1\") { deletedId } }")
                #expect(try errors(of: response).map { $0["code"] } == ["UNAUTHENTICATED"])
            }
        }
    }

    private static let unknown: [(field: String, message: String)] = [
        ("projects(workspaces: []) { totalCount }", "The argument `workspaces` must name at least one workspace."),
        (
            "projects(workspaces: [\"acme\", \"globx\"]) { totalCount }",
            "There is no workspace \"globx\". Did you mean \"globex\"?"
        ),
        (
            "issue(id: \"1\", workspace: \"missing\") { id }",
            "There is no workspace \"missing\"."
        ),
        (
            "workspace(slug: \"Acme\") { slug }",
            "There is no workspace \"Acme\". Did you mean \"acme\"?"
        ),
    ]

    @Test(arguments: unknown)
    func argumentsThatNameNoWorkspaceAreErrors(field: String, message: String) async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let response = try await gateway.askAll("{ field: \(field) }")
                #expect(try response.json()["data"] == ["field": .null])
                let expected: JSONValue = [
                    "code": "BAD_USER_INPUT", "path": ["field"], "message": .string(message),
                ]
                #expect(try errors(of: response) == [expected])
                #expect(sandbox.server.calls().count(of: "GET /projects") == 0)
            }
        }
    }

    @Test func slugsOfTheWorkspaceListAreCheckedToo() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let unknown = try await gateway.askAll("{ workspaces(slugs: [\"acme\", \"x\"]) { slug } }")
                #expect(try errors(of: unknown).map { $0["code"] } == ["BAD_USER_INPUT"])
                let none = try await gateway.askAll("{ workspaces(slugs: []) { slug } }")
                #expect(try none.json() == ["data": ["workspaces": []]])
                let twice = try await gateway.askAll("{ workspaces(slugs: [\"globex\", \"acme\", \"acme\"]) { slug } }")
                #expect(try twice.json() == ["data": ["workspaces": [["slug": "acme"], ["slug": "globex"]]]])
            }
        }
    }

    @Test func aWorkspaceWithoutAKeyIsUnauthenticated() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let response = try await gateway.askFirst("{ projects(workspaces: [\"globex\"]) { totalCount } }")
                #expect(try errors(of: response).map { $0["code"] } == ["UNAUTHENTICATED"])
            }
        }
    }
}
