import GatewayTestSupport
import GraphQL
import JSON
import NIOHTTP1
import Testing
import Upstream

@testable import Gateway
@testable import GatewayServer

/// The keys of the opening request of a WebSocket, and those of its first message.
@Suite struct GraphQLSocketKeysTests {
    /// What the two bring, and the keys of three workspaces.
    private static let cases: [(fields: [(String, String)], payload: JSONValue, keys: [String?])] = [
        ([], ["Authorization": "Bearer a"], ["a", nil, nil]),
        ([("Authorization", "Bearer h")], ["Authorization": "Bearer a"], ["a", nil, nil]),
        ([("Authorization", "Bearer h")], ["Workspace-Key": "two b"], ["h", "b", nil]),
        ([("Authorization", "Bearer h")], ["Workspace-Key": "two b, three c"], ["h", "b", "c"]),
        ([("Workspace-Key", "two h, three h")], ["workspace-key": ["two b"]], [nil, "b", "h"]),
        ([], ["Workspace-Key": ["two b", "three c"]], [nil, "b", "c"]),
        ([], ["headers": ["Workspace-Key": ["two b", 7], "authorization": "Bearer a"]], ["a", "b", nil]),
        ([], ["Authorization": "Bearer p", "headers": ["Authorization": "Bearer a"]], ["a", nil, nil]),
        ([("Authorization", "Bearer h")], ["Authorization": 7, "other": "x"], ["h", nil, nil]),
        ([("Authorization", "Bearer h"), ("Workspace-Key", "two h")], .null, ["h", "h", nil]),
    ]

    private func access(
        _ fields: [(String, String)],
        client: GatewayClient? = nil,
        _ body: (GraphQLSocketAccess, [Workspace]) throws -> Void
    ) throws {
        var service = ServiceConfiguration(
            schema: try LoadedSchema(
                Source("schema @upstream { query: Query } type Query { a: Int @rest(get: \"/a\") }")
            ),
            workspaces: ["one", "two", "three"].map { WorkspaceConfiguration(slug: $0, baseURL: "http://\($0)") },
            transport: HeldTransport { _ in (404, "{}") }
        )
        let hash = ReplacementTests.hash
        if let client { service.directory = ClientDirectory([(hash: hash, client: client)]) }
        let built = buildGateway(GatewayConfiguration(service: service))
        built.running.serve(built)
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/graphql", headers: HTTPHeaders(fields))
        var request = HTTPRequest(head: head, body: [])
        request.client = client
        let access = GraphQLSocketAccess(request, CurrentMessageHandler(gateway: built.running.gateway))
        try body(access, built.service.broker.workspaces)
    }

    @Test(arguments: cases.indices) func keysAreMerged(index: Int) throws {
        let (fields, payload, keys) = Self.cases[index]
        try access(fields) { access, workspaces in
            var access = access
            try access.initialize(payload)
            let caller = try access.begin().caller
            #expect(workspaces.map { caller.own(for: $0) } == keys.map { $0.map { Credential(key: $0) } })
        }
    }

    @Test func listedClientCanAddWorkspaceKeysButNotChangeItsToken() throws {
        let fields = [("Authorization", "Bearer k"), ("Workspace-Key", "two h")]
        try access(fields, client: GatewayClient(name: "a")) { access, workspaces in
            var access = access
            try access.initialize(["Authorization": "Bearer other", "Workspace-Key": "three c"])
            let caller = try access.begin().caller
            #expect(caller.client?.name == "a")
            #expect(
                workspaces.map { caller.own(for: $0) } == [nil, Credential(key: "h"), Credential(key: "c")]
            )
        }
    }
}
