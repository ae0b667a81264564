import GatewayTestSupport
import GraphQL
import JSON
import JSONRPC
import Sandbox
import Testing

/// JSON-RPC over HTTP, from socket to socket.
@Suite struct JSONRPCTests {
    /// The methods that the examples of the specification's section 7 speak of, over an upstream that can do sums.
    private static let calculator = Source(
        """
        type Query {
          subtract(minuend: Int!, subtrahend: Int!): Int @rest(get: "/subtract/{minuend}/{subtrahend}") @rpc(method: "subtract")
          sum(a: Int, b: Int, c: Int): Int @rest(get: "/sum/{a}/{b}/{c}") @rpc(method: "sum")
          getData: JSON @rest(get: "/data") @rpc(method: "get_data")
          update(a: Int, b: Int, c: Int, d: Int, e: Int): Int @rest(get: "/update/{a}") @rpc(method: "update")
          notifyHello(a: Int): Int @rest(get: "/hello/{a}") @rpc(method: "notify_hello")
          notifySum(a: Int, b: Int, c: Int): Int @rest(get: "/sum/{a}/{b}/{c}") @rpc(method: "notify_sum")
        }
        scalar JSON
        """
    )

    private static let responses: [String: ScriptedResponse] = [
        "/subtract/42/23": .http(body: "19"), "/subtract/23/42": .http(body: "-19"), "/sum/1/2/4": .http(body: "7"),
        "/data": .http(body: #"["hello",5]"#), "/update/1": .http(body: "1"), "/hello/7": .http(body: "1"),
    ]

    private func post(_ message: String, to gateway: GatewayUnderTest) async throws -> GatewayUnderTest.Response {
        try await gateway.send(
            "POST",
            "/rpc",
            headers: [
                ("Content-Type", "application/json"), ("Authorization", "Bearer \(SandboxUnderTest.ownerKey("acme"))"),
            ],
            body: Array(message.utf8)
        )
    }

    /// A response with errors reduced to what the specification shows of them.
    private func plain(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): return .array(items.map(plain))
        case .object(var members):
            if let error = members["error"] {
                members["error"] = ["code": error["code"] ?? .null, "message": error["message"] ?? .null]
            }
            return .object(members)
        case .null, .bool, .number, .string: return value
        }
    }

    /// https://www.jsonrpc.org/specification#examples; an empty text stands for no response.
    @Test(arguments: [
        (
            #"{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}"#,
            #"{"jsonrpc": "2.0", "result": 19, "id": 1}"#
        ),
        (
            #"{"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2}"#,
            #"{"jsonrpc": "2.0", "result": -19, "id": 2}"#
        ),
        (
            #"{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}"#,
            #"{"jsonrpc": "2.0", "result": 19, "id": 3}"#
        ),
        (
            #"{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}"#,
            #"{"jsonrpc": "2.0", "result": 19, "id": 4}"#
        ),
        (#"{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}"#, ""),
        (#"{"jsonrpc": "2.0", "method": "foobar"}"#, ""),
        (
            #"{"jsonrpc": "2.0", "method": "foobar", "id": "1"}"#,
            #"{"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": "1"}"#
        ),
        (
            #"{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]"#,
            #"{"jsonrpc": "2.0", "error": {"code": -32700, "message": "Parse error"}, "id": null}"#
        ),
        (
            #"{"jsonrpc": "2.0", "method": 1, "params": "bar"}"#,
            #"{"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null}"#
        ),
        (
            #"[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"}, {"jsonrpc": "2.0", "method"]"#,
            #"{"jsonrpc": "2.0", "error": {"code": -32700, "message": "Parse error"}, "id": null}"#
        ),
        ("[]", #"{"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null}"#),
        ("[1]", #"[{"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null}]"#),
        (
            "[1,2,3]",
            """
            [{"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null},
            {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null},
            {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null}]
            """
        ),
        (
            """
            [{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
            {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},
            {"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},
            {"foo": "boo"},
            {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
            {"jsonrpc": "2.0", "method": "get_data", "id": "9"}]
            """,
            """
            [{"jsonrpc": "2.0", "result": 7, "id": "1"},
            {"jsonrpc": "2.0", "result": 19, "id": "2"},
            {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null},
            {"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": "5"},
            {"jsonrpc": "2.0", "result": ["hello", 5], "id": "9"}]
            """
        ),
        (
            """
            [{"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},
            {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}]
            """, ""
        ),
    ])
    func respondsAsTheExamplesOfTheSpecification(message: String, expected: String) async throws {
        let upstream = try await ScriptedServer.start(responses: Self.responses)
        try await GatewayUnderTest.run(schema: Self.calculator, upstream: upstream.baseURL) { gateway in
            let response = try await post(message, to: gateway)
            if expected.isEmpty {
                #expect(response.status == 204)
                #expect(response.body.isEmpty)
            } else {
                #expect(response.status == 200)
                #expect(plain(try response.json()) == plain(try JSONValue(parsing: expected)))
            }
        }
        try await upstream.shutdown()
    }

    @Test func aNotificationIsExecuted() async throws {
        let upstream = try await ScriptedServer.start(responses: Self.responses)
        try await GatewayUnderTest.run(schema: Self.calculator, upstream: upstream.baseURL) { gateway in
            _ = try await post(#"{"jsonrpc":"2.0","method":"update","params":[1]}"#, to: gateway)
        }
        #expect(upstream.requests().map(\.target) == ["/update/1"])
        try await upstream.shutdown()
    }

    @Test func aBatchOfHundredMakesTheCallsOfOneQuery() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            let ids = try await sandbox.ids(of: "issues", key: SandboxUnderTest.ownerKey("acme")).sorted().prefix(100)
            let fields = ids.enumerated().map { "i\($0): issue(id: \"\($1)\") { id project { name } }" }
            let query = "{ \(fields.joined(separator: " ")) }"
            let calls = ids.map { id in
                #"{"jsonrpc":"2.0","method":"issues.get","params":{"id":"\#(id)","select":"id project { name }"},"id":1}"#
            }
            sandbox.server.reset()
            let results = try await sandbox.withGateway {
                try await post("[\(calls.joined(separator: ","))]", to: $0).json()
            }
            let batchCalls = sandbox.server.calls().total
            sandbox.server.reset()
            let data = try await sandbox.withGateway { try await $0.askFirst(query).json()["data"] }
            let queryCalls = sandbox.server.calls().total
            #expect(results.arrayValue?.map { $0["result"] } == data?.objectValue?.values.map { $0 })
            #expect(results.arrayValue?.count == 100)
            #expect(batchCalls <= queryCalls)
            #expect(batchCalls > 0)
        }
    }

    @Test func aResultHasAllOwnFieldsAndSelectChoosesOthers() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let list = #"{"jsonrpc":"2.0","method":"issues.list","params":{"first":1,"sort":"created_at"},"id":1}"#
                let issue = try #require(try await post(list, to: gateway).json()["result"]?["nodes"]?[0]?.objectValue)
                #expect(
                    Set(issue.keys) == [
                        "nodeId", "id", "title", "description", "status", "priority", "labels", "assigneeId", "dueDate",
                        "createdAt", "updatedAt", "projectId", "customFields",
                    ]
                )
                #expect(issue["customFields"]?["risk_score"] != nil)
                let id = try #require(issue["id"]?.stringValue)
                let name = try await gateway.askFirst("{ issue(id: \"\(id)\") { project { name } } }").json()["data"]?[
                    "issue"
                ]?["project"]?["name"]
                for select in [
                    #""id project { name }""#, #"["id","project.name"]"#, #""id # no more\nproject { name }""#,
                ] {
                    let get = #"{"jsonrpc":"2.0","method":"issues.get","params":["\#(id)",null,\#(select)],"id":1}"#
                    #expect(
                        try await post(get, to: gateway).json()["result"] == [
                            "id": .string(id), "project": ["name": name ?? .null],
                        ]
                    )
                }
                let count = #"{"jsonrpc":"2.0","method":"issues.list","params":{"select":["totalCount"]},"id":1}"#
                #expect(try await post(count, to: gateway).json()["result"] == ["totalCount": 230])
                let plain =
                    #"{"jsonrpc":"2.0","method":"issues.get","params":{"id":"\#(id)","select":["customFields"]},"id":1}"#
                #expect(try await post(plain, to: gateway).json()["result"]?["customFields"] == issue["customFields"])
            }
        }
    }

    /// A call that fails, with the code and the words of its error.
    @Test(arguments: [
        (#"{"id":"x","nope":1}"#, -32602, "BAD_USER_INPUT", "There is no parameter"),
        (#"{}"#, -32602, "BAD_USER_INPUT", "Parameter \"id\" of required type"),
        (#"{"id":null}"#, -32602, "BAD_USER_INPUT", "Parameter \"id\" of non-null type"),
        (#"[1,2,3,4,5]"#, -32602, "BAD_USER_INPUT", "issues.get takes 3 parameters"),
        (#"{"id":"x","select":7}"#, -32602, "BAD_USER_INPUT", "\"select\" is a GraphQL selection"),
        (#"{"id":"x","select":""}"#, -32602, "BAD_USER_INPUT", "\"select\" is no GraphQL selection"),
        (#"{"id":"x","select":"id } x { y"}"#, -32602, "BAD_USER_INPUT", "\"select\" is no GraphQL selection"),
        (
            #"{"id":"x","select":"id } query Q { __typename"}"#, -32602, "BAD_USER_INPUT",
            "\"select\" must be one selection"
        ),
        (#"{"id":"x","select":"bogus"}"#, -32602, "GRAPHQL_VALIDATION_FAILED", "Cannot query field \"bogus\""),
        (#"{"id":"x","select":["bogus"]}"#, -32602, "BAD_USER_INPUT", "\"select\" names \"bogus\""),
        (#"{"id":"x","select":["id) { x"]}"#, -32602, "BAD_USER_INPUT", "\"select\" has"),
        (#"{"id":"x","select":[]}"#, -32602, "BAD_USER_INPUT", "\"select\" needs"),
    ])
    func invalidParametersAreReportedByName(params: String, code: Int, name: String, words: String) async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration { $0.issues = 1 }) { sandbox in
            try await sandbox.withGateway { gateway in
                let call = #"{"jsonrpc":"2.0","method":"issues.get","params":\#(params),"id":1}"#
                let error = try await post(call, to: gateway).json()["error"]
                #expect(error?["code"] == .integer(code))
                #expect(error?["data"]?["code"] == .string(name))
                #expect(error?["message"]?.stringValue?.hasPrefix(words) == true, "\(error ?? .null)")
            }
        }
    }

    @Test func anInvalidEntryFailsAlone() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let batch = """
                    [{"jsonrpc":"2.0","method":"projects.get","params":{"id":7.5},"id":1},
                    {"jsonrpc":"2.0","method":"workspaces.list","id":2},
                    {"jsonrpc":"2.0","method":"graphql.execute","params":{"query":"{ nope }"},"id":3},
                    {"jsonrpc":"2.0","method":"graphql.execute","params":["{ projects(first: 1) { totalCount } }"],"id":4}]
                    """
                let responses = try await post(batch, to: gateway).json()
                #expect(responses[0]?["error"]?["code"] == -32602)
                #expect(responses[1]?["result"] == [["slug": "acme", "name": "acme"]])
                #expect(responses[2]?["result"]?["errors"]?[0]?["extensions"]?["code"] == "GRAPHQL_VALIDATION_FAILED")
                #expect(responses[3]?["result"] == ["data": ["projects": ["totalCount": 12]]])
            }
        }
    }

    @Test func writesOfABatchStayInOrderBetweenReads() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let projects = try await sandbox.ids(of: "projects", key: SandboxUnderTest.ownerKey("acme"))
                let project = try #require(projects.first)
                let create = """
                    {"jsonrpc":"2.0","method":"issues.create","params":{"input":{"title":"New","projectId":"\(project)","customFields":{"risk_score":3}}},"id":1}
                    """
                let made = try await post(create, to: gateway).json()["result"]?["issue"]
                #expect(made?["title"] == "New")
                #expect(made?["customFields"]?["risk_score"] == 3)
                let id = try #require(made?["id"]?.stringValue)
                let get = #"{"jsonrpc":"2.0","method":"issues.get","params":{"id":"\#(id)","select":"title"},"id":1}"#
                let update = #"{"jsonrpc":"2.0","method":"issues.update","params":["\#(id)",{"title":"Newer"}],"id":2}"#
                let delete =
                    #"{"jsonrpc":"2.0","method":"issues.delete","params":{"id":"\#(id)","select":"deletedId"},"id":3}"#
                let responses = try await post("[\(get),\(update),\(get),\(delete),\(get)]", to: gateway).json()
                #expect(responses[0]?["result"] == ["title": "New"])
                #expect(responses[1]?["result"]?["issue"]?["title"] == "Newer")
                #expect(responses[2]?["result"] == ["title": "Newer"])
                #expect(responses[3]?["result"] == ["deletedId": .string(id)])
                #expect(responses[4]?["result"] == .null)
            }
        }
    }

    @Test func anUpstreamsErrorIsTheCallsErrorWithItsPath() async throws {
        let upstream = try await ScriptedServer.start(responses: ["/sum/1/2/3": .http(401, body: "{}")])
        try await GatewayUnderTest.run(schema: Self.calculator, upstream: upstream.baseURL) { gateway in
            let call = #"{"jsonrpc":"2.0","method":"sum","params":[1,2,3],"id":1}"#
            let error = try await post(call, to: gateway).json()["error"]
            #expect(error?["code"] == -32001)
            #expect(error?["data"]?["code"] == "UNAUTHENTICATED")
            #expect(error?["data"]?["path"] == [])
        }
        try await upstream.shutdown()
    }

    @Test func discoveryDescribesEveryMethod() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration { $0.issues = 1 }) { sandbox in
            try await sandbox.withGateway { gateway in
                let document = try await gateway.send("GET", "/openrpc.json").json()
                let call = #"{"jsonrpc":"2.0","method":"rpc.discover","id":1}"#
                #expect(try await post(call, to: gateway).json()["result"] == document)
                #expect(document["openrpc"]?.stringValue?.hasPrefix("1.4.") == true)
                #expect(document["servers"]?[0]?["url"] == "/rpc")
                let title = try #require(document["info"]?["title"]?.stringValue)
                #expect((1...61).contains(title.count) && !title.contains("\n"), "\(title)")
                let names = document["methods"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
                for name in [
                    "projects.list", "projects.get", "issues.list", "issues.get", "workspaces.list", "nodes.get",
                ] {
                    #expect(names.contains(name))
                }
            }
        }
    }

    @Test(arguments: [
        ("GET", "application/json", 405), ("POST", "text/plain", 415),
        ("POST", "application/json; charset=latin1", 415),
    ])
    func otherMethodsAndMediaTypesAreRefused(method: String, mediaType: String, status: Int) async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration { $0.issues = 1 }) { sandbox in
            try await sandbox.withGateway { gateway in
                let response = try await gateway.send(
                    method,
                    "/rpc",
                    headers: [("Content-Type", mediaType)],
                    body: method == "POST" ? Array("{}".utf8) : nil
                )
                #expect(response.status == status)
            }
        }
    }
}
