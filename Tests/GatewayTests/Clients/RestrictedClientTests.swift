import GatewayTestSupport
import GraphQL
import JSON
import JSONRPC
import Testing
import Upstream

@testable import Gateway

/// A client that may have some documents executed, and nothing else.
@Suite struct RestrictedClientTests {
    private static let sdl = """
        schema @upstream { query: Query mutation: Mutation }
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") @rpc(method: "things.get")
          @resource(uri: "test://things/{id}") }
        type Mutation { add(name: String): Thing @rest(post: "/things") @rpc(method: "things.add") }
        type Thing @entity(get: "/things/{id}") { id: ID! name: String }
        """

    private let service: RPCService

    init() throws {
        let upstream = HeldTransport { _ in (404, "") }
        upstream.open()
        service = RPCService(service: GatewayService(try ServiceConfiguration.oneWorkspace(Self.sdl, before: upstream)))
    }

    private func caller(documents: [String]?) -> Caller {
        var caller = Caller()
        caller.client = GatewayClient(name: "a", documents: documents)
        return caller
    }

    private func code(of outcome: RPCOutcome) -> String? {
        guard case .failed(let error) = outcome else { return nil }
        return error.data["code"]?.stringValue
    }

    @Test(arguments: ["rpc.discover", "quota.report", "things.get"])
    func methodsAreRefused(method: String) async throws {
        let params = method == "things.get" ? #","params":{"id":"1"}"# : ""
        let message = Array(#"{"jsonrpc":"2.0","method":"\#(method)"\#(params),"id":1}"#.utf8)
        func code(_ documents: [String]?) async throws -> JSONValue? {
            let response = await service.respond(to: message, caller: caller(documents: documents)).value()
            return try JSONValue(parsing: response.body ?? [])["error"]?["data"]?["code"]
        }
        #expect(try await code(["{ __typename }"]) == "FORBIDDEN")
        #expect(try await code(nil) != "FORBIDDEN")
    }

    private static let text = "query Names { thing(id: 1) { name } }"

    private func names(_ member: String, _ method: String, _ client: GatewayClient?) async throws -> [String] {
        let tool = try OperationTool(Self.text, mayWrite: false, schema: service.service.executable.schema)
        let mcp = MCPService(service, operations: [tool])
        var caller = Caller()
        caller.client = client
        let message = Array(#"{"jsonrpc":"2.0","id":1,"method":"\#(method)"}"#.utf8)
        let response = await mcp.respond(to: message, headers: MCPHeaders(), caller: caller).value()
        let list = try JSONValue(parsing: response.body ?? [])["result"]?[member]?.arrayValue ?? []
        return list.compactMap { $0["name"]?.stringValue }
    }

    @Test func onlyToolsThatAClientCanCallAreListed() async throws {
        let all = ["things_get", "things_add", "Names", "search", "explain", "graphql_execute"]
        #expect(try await names("tools", "tools/list", nil) == all)
        #expect(try await names("tools", "tools/list", GatewayClient(name: "a")) == all)
        let reader = GatewayClient(name: "a", isReadOnly: true)
        #expect(try await names("tools", "tools/list", reader) == all.filter { $0 != "things_add" })
        let restricted = GatewayClient(name: "a", documents: ["{ __typename }"])
        #expect(try await names("tools", "tools/list", restricted) == ["explain", "graphql_execute"])
        #expect(try await names("resourceTemplates", "resources/templates/list", restricted) == [])
        #expect(try await names("resourceTemplates", "resources/templates/list", reader) == ["thing"])
        // An operation of the operator that is one of its documents is its tool.
        let named = GatewayClient(name: "a", documents: [Self.text])
        #expect(try await names("tools", "tools/list", named) == ["Names", "explain", "graphql_execute"])
        let tool = try OperationTool(Self.text, mayWrite: false, schema: service.service.executable.schema)
        var caller = Caller()
        caller.client = named
        let toolbox = GatewayToolbox(service, operations: [tool])
        #expect(code(of: await toolbox.call("Names", arguments: [:], caller: caller)) != "FORBIDDEN")
    }

    /// In revisions with a handshake, -32002 says that there is no such resource.
    @Test func forbiddenResourceIsNotReportedAsMissing() async throws {
        let message = Array(
            #"{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"test://things/1"}}"#.utf8
        )
        func error(_ documents: [String]?) async throws -> JSONValue? {
            let caller = caller(documents: documents)
            let response = await MCPService(service).respond(to: message, headers: MCPHeaders(), caller: caller).value()
            return try JSONValue(parsing: response.body ?? [])["error"]
        }
        let forbidden = try await error(["{ __typename }"])
        #expect(forbidden?["code"] == -32000)
        #expect(forbidden?["data"]?["code"] == "FORBIDDEN")
        #expect(try await error(nil)?["code"] == -32002)
    }

    /// Keys that cannot be read are not left out as if they had not been sent.
    @Test func malformedKeysAreRefused() async throws {
        for (field, isRefused) in [("main k", false), ("main k, ", false), ("main", true), ("main k,other", true)] {
            let caller = Caller(authorization: nil, workspaceKeys: [field])
            let response = await service.service.respond(to: GraphQLRequest(query: "{ __typename }"), caller: caller)
            let error = try JSONValue(parsing: response.body)["errors"]?[0]
            #expect((error != nil) == isRefused)
            #expect(error?["message"]?.stringValue?.contains("Workspace-Key") ?? !isRefused)
        }
    }

    @Test func authInABatchIsRefused() async throws {
        let message = Array(#"[{"jsonrpc":"2.0","method":"auth","params":{"key":"k"},"id":1}]"#.utf8)
        let response = await service.respond(to: message, caller: Caller()).value()
        let error = try JSONValue(parsing: response.body ?? [])[0]?["error"]
        #expect(error?["message"]?.stringValue?.hasPrefix("auth is called alone") == true)
    }

    @Test func toolsAreRefused() async {
        let toolbox = GatewayToolbox(service)
        func code(_ documents: [String]?) async -> String? {
            let arguments: JSONObject = ["words": "thing"]
            return self.code(
                of: await toolbox.call("search", arguments: arguments, caller: caller(documents: documents))
            )
        }
        #expect(await code(["{ __typename }"]) == "FORBIDDEN")
        #expect(await code(nil) == nil)
    }
}
