import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Testing

/// What a gateway without introspection, or with an upstream that cannot be reached, keeps to itself.
@Suite struct HiddenSchemaTests {
    private func withGateway(_ body: (GatewayUnderTest) async throws -> Void) async throws {
        var options = GatewayUnderTest.Options()
        options.documents.allowsIntrospection = false
        try await GatewayUnderTest.run(
            schema: RepositoryFile.schema(),
            upstream: "http://nosuchhost.internal/api",
            options: options,
            body
        )
    }

    private func rpc(_ gateway: GatewayUnderTest, _ method: String, _ params: JSONValue) async throws -> JSONValue {
        let message: JSONValue = ["jsonrpc": "2.0", "method": .string(method), "params": params, "id": 1]
        let headers = [(name: "Content-Type", value: "application/json")]
        return try await gateway.send("POST", "/rpc", headers: headers, body: message.serialized()).json()
    }

    /// Operations with a mistake, and variables.
    private static let mistaken: [(query: String, variables: JSONObject)] = [
        ("{ projcts { totalCount } }", [:]), ("{ projects(frst: 1) { totalCount } }", [:]),
        ("{ projects { nodes { nam } } }", [:]), ("query($x: SortOrdr) { __typename }", [:]),
        ("{ projects(order: ASCC) { totalCount } }", [:]), ("{ __typename @skp(if: true) }", [:]),
        ("query($o: SortOrder) { projects(order: $o) { totalCount } }", ["o": "ASCC"]),
        (
            "mutation($i: CreateProjectInput!) { createProject(input: $i) { project { id } } }",
            ["i": ["name": "a", "descripton": "b"]]
        ),
        ("mutation { createProject(input: {name: \"a\", descripton: \"b\"}) { project { id } } }", [:]),
        ("{ projects { nodes } }", [:]), ("{ node(nodeId: \"1\") { name } }", [:]),
    ]

    @Test func errorsSuggestNoNames() async throws {
        try await withGateway { gateway in
            for (query, variables) in Self.mistaken {
                let response = try await gateway.query(query, variables: variables)
                #expect(try response.json()["errors"]?.arrayValue?.isEmpty == false, "\(query)")
                #expect(!response.text.contains("Did you mean"), "\(query): \(response.text)")
            }
        }
    }

    @Test func methodsAreNotDescribed() async throws {
        try await withGateway { gateway in
            #expect(try await gateway.send("GET", "/openrpc.json").status == 404)
            #expect(try await rpc(gateway, "rpc.discover", [:])["error"]?["code"] == -32601)
            for (method, params) in [
                ("issues.list", ["nope": 1]), ("nope", [:]), ("issues.list", [1, 2, 3, 4, 5, 6, 7, 8]),
            ]
                as [(String, JSONValue)]
            {
                let text = String(decoding: try await rpc(gateway, method, params).serialized(), as: UTF8.self)
                #expect(!text.contains("assigneeId"), "\(text)")
                #expect(!text.contains("rpc.discover"), "\(text)")
                #expect(!text.contains("Did you mean"), "\(text)")
            }
            let many = JSONValue.array(Array(repeating: 1, count: 40))
            let text = String(decoding: try await rpc(gateway, "issues.list", many).serialized(), as: UTF8.self)
            #expect(text.contains("BAD_USER_INPUT"))
            #expect(!text.contains("assigneeId"), "\(text)")
        }
    }

    @Test func hostNamesOfTheUpstreamAreNotShown() async throws {
        try await withGateway { gateway in
            let response = try await gateway.query("{ projects(first: 1) { totalCount } }")
            #expect(try response.json()["errors"]?[0]?["extensions"]?["code"] == "UPSTREAM_ERROR", "\(response.text)")
            let write = try await gateway.query("mutation { deleteProject(id: \"1\") { deletedId } }")
            #expect(try write.json()["errors"]?[0]?["extensions"]?["code"] == "UPSTREAM_ERROR", "\(write.text)")
            for text in [response.text, write.text] { #expect(!text.contains("nosuchhost"), "\(text)") }
        }
    }
}
