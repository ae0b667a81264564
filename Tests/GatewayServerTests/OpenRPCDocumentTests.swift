import Foundation
import GatewayServer
import GatewayTestSupport
import JSON
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
}
