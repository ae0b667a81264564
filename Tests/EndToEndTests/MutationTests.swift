import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// Writes through the gateway, for every API variant of the upstream's responses.
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

extension MutationTests {
    /// How a sandbox responds to writes, and in what shape it refuses them.
    static let behaviors: [SandboxBehavior] = WriteResponse.allCases.flatMap { response in
        ErrorShape.allCases.enumerated().map { index, errors in
            var behavior = SandboxBehavior()
            (behavior.writeResponse, behavior.deleteResponse, behavior.errors) = (response, response, errors)
            behavior.single = index.isMultiple(of: 2) ? .bare : .wrapped
            behavior.createStatus = index.isMultiple(of: 2) ? .created : .ok
            behavior.missing = MissingVariant.allCases[index % 3]
            return behavior
        }
    }

    @Test(arguments: behaviors)
    func noVariantChangesWhatAWriteDoes(behavior: SandboxBehavior) async throws {
        let configuration = SandboxUnderTest.configuration { $0.behavior = behavior }
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway { gateway in
                let first = try await gateway.askFirst("{ issues(first: 1) { nodes { id projectId } } }").json()
                let issue = try #require(first["data"]?["issues"]?["nodes"]?[0])
                let id = try #require(issue["id"])
                let update =
                    "mutation($id: ID!) { updateIssue(id: $id, input: { title: \"New\" }) { issue { id title project { id } } } }"
                let updated = try await gateway.askFirst(update, variables: ["id": id]).json()
                let shown: JSONValue = ["id": id, "title": "New", "project": ["id": issue["projectId"] ?? .null]]
                #expect(updated == ["data": ["updateIssue": ["issue": shown]]])

                let delete = "mutation($id: ID!) { deleteIssue(id: $id) { deletedId } }"
                let deleted = try await gateway.askFirst(delete, variables: ["id": id]).json()
                #expect(deleted == ["data": ["deleteIssue": ["deletedId": id]]])
                let again = try await gateway.askFirst(delete, variables: ["id": id]).json()
                #expect(again["data"] == ["deleteIssue": .null])
                #expect(again["errors"]?[0]?["extensions"]?["code"] == "NOT_FOUND")
                let list = try await gateway.askFirst("{ issues(first: 1) { totalCount nodes { id } } }").json()
                #expect(list["data"]?["issues"]?["totalCount"] == 229)
                #expect(list["data"]?["issues"]?["nodes"]?[0]?["id"] != id)

                let refused = try await gateway.askFirst(
                    #"mutation { createProject(input: { name: "" }) { project { id } } }"#
                )
                .json()
                let error = try #require(refused["errors"]?[0])
                #expect(error["extensions"]?["code"] == "BAD_USER_INPUT")
                let isStated = ![.html, .none].contains(behavior.errors)
                #expect(error["extensions"]?["field"] == (isStated ? ["input", "name"] : nil))
            }
        }
    }

    @Test func aNewObjectIsInItsListsAtOnceForAllKeys() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let count = "{ projects(first: 1) { totalCount nodes { name } } }"
                for key in ["wsk_live_acme", "wsk_live_acme_ada"] { _ = try await gateway.query(count, key: key) }
                let make = #"mutation { createProject(input: { name: "New", targetDate: null }) { project { name } } }"#
                _ = try await gateway.askFirst(make)
                let calls = sandbox.server.calls().total
                let seen = try await gateway.askFirst(count).json()
                #expect(seen["data"]?["projects"] == ["totalCount": 13, "nodes": [["name": "New"]]])
                // The writer's list is corrected from the write's response, which nobody else may see.
                #expect(sandbox.server.calls().total == calls)
                _ = try await gateway.query(count, key: "wsk_live_acme_ada")
                #expect(sandbox.server.calls().total == calls + 1)
            }
        }
    }

    @Test func aWriteRefusedByTheRateLimitIsSentAgain() async throws {
        let configuration = SandboxUnderTest.configuration { configuration in
            configuration.plan = SandboxPlan(reads: 100, writes: 1, anonymous: 0)
            configuration.window = .seconds(1)
        }
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway { gateway in
                let id = try #require(try await sandbox.ids(of: "projects", key: "wsk_live_acme").sorted().first)
                // Somebody else spends the only write of this second.
                _ = try await sandbox.send([("DELETE", "/projects/\(id)")], key: "wsk_live_acme")
                let make = #"mutation { createProject(input: { name: "New" }) { project { name } } }"#
                #expect(
                    try await gateway.askFirst(make).json()["data"]?["createProject"]?["project"] == ["name": "New"]
                )
                let calls = sandbox.server.calls()
                #expect(calls.count(of: "POST /projects") == 1 + calls.count(ofStatus: 429))
                #expect(calls.count(ofStatus: 201) == 1)
            }
        }
    }

    @Test(arguments: behaviors)
    func writesTakeNoMoreCallsThanEstimated(behavior: SandboxBehavior) async throws {
        let configuration = SandboxUnderTest.configuration { $0.behavior = behavior }
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway { gateway in
                let first = try await gateway.askFirst("{ issues(first: 1) { nodes { id projectId } } }").json()
                let issue = try #require(first["data"]?["issues"]?["nodes"]?[0])
                let (id, project) = (issue["id"]?.stringValue ?? "", issue["projectId"]?.stringValue ?? "")
                let text = """
                    mutation { a: updateIssue(id: "\(id)", input: { title: "A" }) { issue { title project { name } } } \
                    b: createIssue(input: { projectId: "\(project)", title: "B" }) { issue { title project { name } } } \
                    c: updateProject(id: "\(project)", input: { name: "C" }) { project { name issues(first: 3) { totalCount } } } \
                    d: deleteIssue(id: "\(id)") { deletedId issue { title } } }
                    """
                let before = sandbox.server.calls().total
                let response = try await gateway.send(
                    "POST",
                    "/graphql",
                    headers: [
                        (name: "Authorization", value: "Bearer wsk_live_acme"),
                        (name: "Gateway-Report", value: "calls"),
                        (name: "Content-Type", value: "application/json"),
                    ],
                    body: JSONValue.object(["query": .string(text)]).serialized()
                )
                let json = try response.json()
                let calls = try #require(json["extensions"]?["calls"])
                let made = try #require(calls["made"]?.intValue)
                #expect(made == sandbox.server.calls().total - before)
                #expect(made >= calls["estimated"]?["min"]?.intValue ?? .max)
                #expect(made <= calls["estimated"]?["max"]?.intValue ?? 0)
                #expect(json["data"]?["c"]?["project"]?["name"] == "C")
                #expect(json["data"]?["d"]?["deletedId"] == .string(id))
                #expect(response.headers.first("cache-control")?.contains("max-age") != true)
            }
        }
    }
}
