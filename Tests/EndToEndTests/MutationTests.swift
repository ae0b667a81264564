import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// Writes through the gateway, in front of every reading of what the upstream may answer.
@Suite struct MutationTests {
    private static let created = """
        mutation($input: CreateIssueInput!) { createIssue(input: $input) { issue { id title description status dueDate \
        labels project { name } customFields { all } } } }
        """

    private func projectID(_ gateway: GatewayUnderTest) async throws -> JSONValue {
        let json = try await gateway.askFirst("{ projects(first: 1) { nodes { id name } } }").json()
        return try #require(json["data"]?["projects"]?["nodes"]?[0]?["id"])
    }

    @Test func anObjectIsMadeChangedAndDeletedInOneOperation() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let project = try await projectID(gateway)
                let input: JSONValue = [
                    "projectId": project, "title": "Écrire", "dueDate": "2026-12-01", "labels": ["a", "b"],
                    "customFields": ["risk_score": 3],
                ]
                let made = try await gateway.askFirst(Self.created, variables: ["input": input]).json()
                let issue = try #require(made["data"]?["createIssue"]?["issue"])
                #expect(made["errors"] == nil)
                #expect(issue["title"] == "Écrire")
                #expect(issue["labels"] == ["a", "b"])
                #expect(issue["customFields"]?["all"]?["risk_score"] == 3)
                #expect(issue["project"]?["name"]?.stringValue != nil)
                let id = try #require(issue["id"])
                let text = """
                    mutation($id: ID!) { \
                    a: updateIssue(id: $id, input: { title: "B", dueDate: null }) { issue { title dueDate labels } } \
                    b: updateIssue(id: $id, input: { labels: [] }) { issue { title labels } } \
                    c: deleteIssue(id: $id) { deletedId } }
                    """
                let changed = try await gateway.askFirst(text, variables: ["id": id]).json()
                #expect(
                    changed == [
                        "data": [
                            "a": ["issue": ["title": "B", "dueDate": .null, "labels": ["a", "b"]]],
                            "b": ["issue": ["title": "B", "labels": []]], "c": ["deletedId": id],
                        ]
                    ]
                )
                let calls = sandbox.server.calls()
                #expect(calls.count(of: "POST /issues") == 1)
                #expect(calls.count(of: "PATCH /issues/:id") == 2)
                #expect(calls.count(of: "DELETE /issues/:id") == 1)
                let gone = try await gateway.askFirst(
                    "query($id: ID!) { issue(id: $id) { id } }",
                    variables: ["id": id]
                )
                #expect(try gone.json() == ["data": ["issue": .null]])
            }
        }
    }
}
