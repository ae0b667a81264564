import Foundation
import GatewayServer
import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Testing

/// OpenRPC's own library reads the document of the methods, whose examples fit its JSON Schemas.
@Suite struct OpenRPCDocumentTests {
    @Test(.timeLimit(.minutes(15)))
    func theLibraryReadsItAndTheExamplesFit() async throws {
        let python = try await PythonPackages.interpreter()
        // Nobody listens there: the document needs no upstream.
        try await GatewayUnderTest.run(schema: RepositoryFile.schema(), upstream: "http://127.0.0.1:9/") { gateway in
            let script = "\(RepositoryFile.root)/Tests/GatewayServerTests/python_openrpc.py"
            let url = "http://\(gateway.server.address)/openrpc.json"
            let run = try await BuiltProgram.finish(python, [script, url], in: RepositoryFile.root)
            #expect(run.status == 0, "\(run.errors)")
            let result = try JSONValue(parsing: Array(run.output.utf8))
            let operations = ["list", "get", "create", "update", "delete"]
            let expected =
                ["projects", "issues"].flatMap { type in operations.map { "\(type).\($0)" } }
                + ["projects", "issues"].flatMap { ["\($0).subscribe", "\($0).unsubscribe"] }
                + ["workspaces.list", "nodes.get", "graphql.execute", "quota.report", "rpc.discover"]
            #expect(Set(result["methods"]?.arrayValue?.compactMap(\.stringValue) ?? []) == Set(expected))
            #expect((result["validated"]?.intValue ?? 0) >= expected.count)
        }
    }

    /// Types that generated values hardly ever have: what a method returns fits its schema all the same.
    private static let typedFields = """

        extend type CustomFields { amount: Int risk: RiskLevel @json(name: "risk_score") all2: String @json(name: "all") }
        enum RiskLevel { LOW HIGH }
        """

    /// What a method really returns is what the document says, whatever a workspace has in its custom fields.
    @Test(.timeLimit(.minutes(15)), arguments: [(1, ""), (2, ""), (3, typedFields)] as [(UInt64, String)])
    func resultsFitTheirSchemas(seed: UInt64, fields: String) async throws {
        let python = try await PythonPackages.interpreter()
        let upstream = try await MCPOutputSchemaTests.upstream(seed: seed)
        let schema = Source(try RepositoryFile.schemaText() + fields)
        try await GatewayUnderTest.run(schema: schema, upstream: upstream.baseURL) { gateway in
            let script = "\(RepositoryFile.root)/Tests/GatewayServerTests/python_rpc_schemas.py"
            let arguments = [script, "\(gateway.server.address)", "\(MCPOutputSchemaTests.rows)"]
            let run = try await BuiltProgram.finish(python, arguments, in: RepositoryFile.root)
            #expect(run.status == 0, "\(run.errors)")
            let seen = try JSONValue(parsing: Array(run.output.utf8))
            #expect(seen["problems"] == [])
            // These have results on WebSockets alone.
            let sockets = ["issues", "projects"].flatMap { ["\($0).subscribe", "\($0).unsubscribe"] }
            #expect(seen["uncalled"] == .array(sockets.map { .string($0) }))
            #expect(seen["results"]?.intValue ?? 0 > MCPOutputSchemaTests.rows * 4)
        }
        try await upstream.shutdown()
    }
}
