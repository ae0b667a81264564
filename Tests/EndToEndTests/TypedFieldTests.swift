import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Testing

/// Fields of a workspace's own that another schema file names and types.
@Suite struct TypedFieldTests {
    /// `environment` is a text upstream, so that the last field never fits.
    private static let extensions = """
        extend type CustomFields {
          riskScore: Float
          satisfaction: Int
          platforms: [String!]
          stage: String @json(name: "environment")
          misfit: Int @json(name: "environment")
        }
        extend input CustomFieldsInput {
          riskScore: Float
          satisfaction: Int
          platforms: [String!]
          stage: String @json(name: "environment")
        }
        """

    private func withGateway(
        _ body: (SandboxUnderTest, GatewayUnderTest, _ project: JSONValue) async throws -> Void
    )
        async throws
    {
        let schema = try RepositoryFile.schemaText() + Self.extensions
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway(schema: schema) { gateway in
                let found = try await sandbox.ids(of: "projects", key: SandboxUnderTest.ownerKey("acme")).first
                try await body(sandbox, gateway, .string(try #require(found)))
            }
        }
    }

    private static let create = """
        mutation($input: CreateIssueInput!) { createIssue(input: $input) { issue { id customFields { \
        all riskScore satisfaction platforms stage } } } }
        """

    @Test func typedAndPlainCustomFieldsAreReadInBothWays() async throws {
        try await withGateway { _, gateway, project in
            let input: JSONValue = [
                "projectId": project, "title": "A", "customFields": ["client_name": "Acme", "billable": true],
                "customFieldValues": [
                    "riskScore": 2.5, "platforms": ["web"], "stage": "staging", "satisfaction": .null,
                ],
            ]
            let json = try await gateway.askFirst(Self.create, variables: ["input": input]).json()
            let fields = json["data"]?["createIssue"]?["issue"]?["customFields"]
            #expect(json["errors"] == nil)
            let written: JSONObject = [
                "client_name": "Acme", "billable": true, "risk_score": 2.5, "platforms": ["web"],
                "environment": "staging", "satisfaction": .null,
            ]
            for (key, value) in written { #expect(fields?["all"]?[key] == value, "\(key)") }
            var typed = try #require(fields?.objectValue)
            typed["all"] = nil
            #expect(typed == ["riskScore": 2.5, "satisfaction": .null, "platforms": ["web"], "stage": "staging"])
        }
    }

    @Test func aValueThatDoesNotFitItsTypeIsNullWithAnErrorAndTheOthersStay() async throws {
        try await withGateway { _, gateway, project in
            let input: JSONValue = ["projectId": project, "title": "A", "customFieldValues": ["stage": "staging"]]
            let made = try await gateway.askFirst(Self.create, variables: ["input": input]).json()
            let id = try #require(made["data"]?["createIssue"]?["issue"]?["id"])
            let text = "query($id: ID!) { issue(id: $id) { customFields { misfit stage } } }"
            let json = try await gateway.askFirst(text, variables: ["id": id]).json()
            #expect(json["data"] == ["issue": ["customFields": ["misfit": .null, "stage": "staging"]]])
            #expect(json["errors"]?.arrayValue?.count == 1)
            #expect(json["errors"]?[0]?["path"] == ["issue", "customFields", "misfit"])
        }
    }

    static let refusals: [(input: JSONValue, message: String)] = [
        (["customFieldValues": ["satisfaction": 4.5]], "Int cannot represent non-integer value: 4.5"),
        (["customFieldValues": ["platforms": ["web", .null]]], "non-nullable"),
        (["customFieldValues": ["nobody": 1]], "\"nobody\" is not defined by type \"CustomFieldsInput\""),
        (["customFields": ["risk_score": 1], "customFieldValues": ["riskScore": 2]], "risk_score"),
        (["customFieldValues": ["all": ["environment": "staging"], "stage": "staging"]], "given in two ways"),
    ]

    @Test(arguments: refusals)
    func invalidInputIsRefusedBeforeAnyCall(input: JSONValue, message: String) async throws {
        try await withGateway { sandbox, gateway, project in
            var members = try #require(input.objectValue)
            members["projectId"] = project
            members["title"] = "A"
            let json = try await gateway.askFirst(Self.create, variables: ["input": .object(members)]).json()
            let error = try #require(json["errors"]?[0])
            #expect(error["extensions"]?["code"] == "BAD_USER_INPUT")
            #expect(error["message"]?.stringValue?.contains(message) == true, "\(error)")
            #expect(sandbox.server.calls().count(of: "POST /issues") == 0)
        }
    }

    @Test func aKeyGivenTwiceIsReportedByItsFieldsName() async throws {
        try await withGateway { _, gateway, project in
            let input: JSONValue = [
                "projectId": project, "title": "A", "customFields": ["risk_score": 1],
                "customFieldValues": ["riskScore": 2],
            ]
            let json = try await gateway.askFirst(Self.create, variables: ["input": input]).json()
            #expect(json["errors"]?[0]?["extensions"]?["field"] == ["input", "customFieldValues", "riskScore"])
        }
    }

    @Test func theFieldsAreIntrospected() async throws {
        try await withGateway { _, gateway, _ in
            let text = """
                { read: __type(name: "CustomFields") { fields { name type { name } } } \
                write: __type(name: "CustomFieldsInput") { inputFields { name type { name } } } }
                """
            let data = try await gateway.askFirst(text).json()["data"]
            let read = data?["read"]?["fields"]?.arrayValue ?? []
            #expect(read.contains(["name": "riskScore", "type": ["name": "Float"]]))
            let written = data?["write"]?["inputFields"]?.arrayValue ?? []
            #expect(written.contains(["name": "satisfaction", "type": ["name": "Int"]]))
        }
    }

    @Test func theDocumentedExtensionLoads() async throws {
        let block = try #require(try MarkdownFile("docs/typed-fields.md").blocks.first { $0.language == "graphql" })
        let schema = try RepositoryFile.schemaText() + block.text
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway(schema: schema) { gateway in
                let response = try await gateway.askFirst(
                    "{ issues(first: 1) { nodes { customFields { slaTier costCentre } } } }"
                )
                #expect(try response.json()["errors"] == nil)
            }
        }
    }

    /// An enum's value has the schema's name in JSON-RPC, whether the call selects it or all custom fields.
    @Test func enumsAreSpelledAsTheSchemaNamesThemInEveryResultOfJSONRPC() async throws {
        let schema =
            try RepositoryFile.schemaText() + """
                extend type CustomFields { environment: Environment stages: [Environment] @json(name: "platforms") }
                enum Environment { PRODUCTION STAGING IOS @json(name: "ios") WEB @json(name: "web") }
                """
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway(schema: schema) { gateway in
                let project = try #require(
                    try await sandbox.ids(of: "projects", key: SandboxUnderTest.ownerKey("acme")).first
                )
                func call(_ method: String, _ params: JSONValue) async throws -> JSONValue {
                    let message: JSONValue = ["jsonrpc": "2.0", "method": .string(method), "params": params, "id": 1]
                    let headers = [
                        (name: "Content-Type", value: "application/json"),
                        (name: "Authorization", value: "Bearer \(SandboxUnderTest.ownerKey("acme"))"),
                    ]
                    let response = try await gateway.send("POST", "/rpc", headers: headers, body: message.serialized())
                    return try #require(try response.json()["result"], "\(response.text)")
                }
                let fields: JSONValue = [
                    "environment": "staging", "platforms": ["ios", "android"], "release_notes": "staging",
                ]
                let input: JSONValue = ["projectId": .string(project), "title": "A", "customFields": fields]
                let made = try await call("issues.create", ["input": input])
                let id = try #require(made["issue"]?["id"])
                let plain = try await call("issues.get", ["id": id])["customFields"]
                #expect(plain?["environment"] == "STAGING")
                #expect(plain?["platforms"] == ["IOS", "android"])
                #expect(plain?["release_notes"] == "staging")
                #expect(made["issue"]?["customFields"]?["environment"] == "STAGING")
                let selected = try await call("issues.get", ["id": id, "select": ["customFields.environment"]])
                #expect(selected == ["customFields": ["environment": "STAGING"]])
            }
        }
    }
}
