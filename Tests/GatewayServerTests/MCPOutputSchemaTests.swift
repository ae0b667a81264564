import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Synchronization
import Testing

/// The results of all tools are what the schemas of the tools say, whatever a workspace has in its custom fields.
@Suite struct MCPOutputSchemaTests {
    /// Gives each request other fields.
    private final class FieldSource: Sendable {
        private let fields: Mutex<GeneratedCustomFields>

        init(seed: UInt64) {
            fields = Mutex(GeneratedCustomFields(seed: seed))
        }

        func next() -> String { fields.withLock { $0.next() } }
    }

    static let rows = 40

    @Test(.timeLimit(.minutes(15)), arguments: UInt64(1)...3)
    func resultsOfAllToolsFitTheirSchemas(seed: UInt64) async throws {
        let upstream = try await Self.upstream(seed: seed)
        try await GatewayUnderTest.run(schema: RepositoryFile.schema(), upstream: upstream.baseURL) { gateway in
            let python = try await PythonPackages.interpreter()
            let script = "\(RepositoryFile.root)/Tests/GatewayServerTests/python_mcp_schemas.py"
            let run = try await BuiltProgram.finish(
                python,
                ["-W", "ignore", script, "\(gateway.server.address)", "\(Self.rows)"],
                in: RepositoryFile.root
            )
            #expect(run.status == 0, "\(run.errors)")
            let seen = try JSONValue(parsing: Array(run.output.utf8))
            #expect(seen["problems"] == [])
            #expect(seen["uncalled"] == [])
            #expect(seen["results"]?.intValue ?? 0 > Self.rows * 4)
        }
        try await upstream.shutdown()
    }

    /// Issues and projects with generated custom fields; what is written has others.
    static func upstream(seed: UInt64) async throws -> ScriptedServer {
        let source = FieldSource(seed: seed)
        let issues = (0..<rows).map { issue("i\($0)", source.next()) }
        let projects = (0..<rows).map { project("p\($0)", source.next()) }
        return try await ScriptedServer.start { request in
            let path = String(request.target.prefix { $0 != "?" })
            let isIssue = path.hasPrefix("/issues")
            let id = path.split(separator: "/").dropFirst().first.map { String($0) }
            let rows = isIssue ? issues : projects
            let own = source.next()
            switch (request.method, id) {
            case ("GET", nil):
                return .http(body: "{\"data\":[\(rows.joined(separator: ","))],\"count\":\(rows.count)}")
            case ("GET", let id?):
                let number = Int(id.dropFirst()) ?? 0
                return .http(body: rows.indices.contains(number) ? rows[number] : "null")
            case ("DELETE", _):
                return .http(204, headers: [], body: "")
            case (_, let id):
                return .http(body: isIssue ? issue(id ?? "new", own) : project(id ?? "new", own))
            }
        }
    }

    private static func issue(_ id: String, _ fields: String) -> String {
        """
        {"id":"\(id)","title":"A","description":null,"status":"open","priority":"low","labels":["a"],"assignee_id":null,\
        "due_date":null,"project_id":"p0","created_at":"2026-04-23T12:34:56Z","updated_at":"2026-04-23T12:34:56Z",\
        "custom_fields":\(fields)}
        """
    }

    private static func project(_ id: String, _ fields: String) -> String {
        """
        {"id":"\(id)","name":"P","description":null,"status":"active","priority":null,"target_date":null,\
        "created_at":"2026-04-23T12:34:56Z","updated_at":"2026-04-23T12:34:56Z","custom_fields":\(fields)}
        """
    }
}
