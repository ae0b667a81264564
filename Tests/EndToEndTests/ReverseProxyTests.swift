import Foundation
import GatewayTestSupport
import Testing

/// The example of nginx in front of the gateway, where nginx is installed.
@Suite(.timeLimit(.minutes(15))) struct ReverseProxyTests {
    private static let program = BuiltProgram(name: "workestra-gateway")
    private static let nginx = "/usr/sbin/nginx"
    private static var canRun: Bool { program.exists && FileManager.default.isExecutableFile(atPath: nginx) }

    /// A folder with nginx's configuration: the example, between sockets of this test.
    private func makeFolder(gatewayPort: Int, port: Int) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nginx-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let site = try RepositoryFile.text("examples/nginx.conf")
            .replacingOccurrences(of: "127.0.0.1:8080", with: "127.0.0.1:\(gatewayPort)")
            .replacingOccurrences(of: "    listen 80;", with: "    listen 127.0.0.1:\(port);")
        let main = """
            daemon off;
            pid \(folder.path)/nginx.pid;
            error_log \(folder.path)/error.log;
            events {}
            http {
                access_log off;
                client_body_temp_path \(folder.path)/body;
                proxy_temp_path \(folder.path)/proxy;
                fastcgi_temp_path \(folder.path)/fastcgi;
                uwsgi_temp_path \(folder.path)/uwsgi;
                scgi_temp_path \(folder.path)/scgi;
                include site.conf;
            }

            """
        try Data(site.utf8).write(to: folder.appendingPathComponent("site.conf"))
        try Data(main.utf8).write(to: folder.appendingPathComponent("nginx.conf"))
        return folder
    }

    /// A port on which nothing listens.
    private func freePort() throws -> Int {
        let script = "import socket; s = socket.socket(); s.bind((\"127.0.0.1\", 0)); print(s.getsockname()[1])"
        let result = try BuiltProgram.run("/usr/bin/env", ["python3", "-c", script], in: "/")
        return try #require(Int(result.output.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// Connects as soon as nginx listens.
    private func connect(_ port: Int, _ nginx: Process) async throws -> RawConnection {
        while nginx.isRunning {
            if let connection = try? RawConnection(port: port) { return connection }
            await Task.yield()
        }
        return try RawConnection(port: port)
    }

    @Test(.enabled(if: canRun)) func nginxForwardsRequestsAndTheirIDs() async throws {
        let arguments = [
            "serve", "--schema", "schema/", "--upstream", "http://127.0.0.1:1", "--listen", "127.0.0.1:0",
            "--trusted-proxy", "127.0.0.1", "--access-log", "all", "--metrics",
        ]
        let gateway = try await RunningProgram.start(Self.program, arguments, in: RepositoryFile.root)
        defer { gateway.kill() }
        let port = try freePort()
        let folder = try makeFolder(gatewayPort: try #require(gateway.port), port: port)
        defer { try? FileManager.default.removeItem(at: folder) }
        let nginx = Process()
        nginx.executableURL = URL(fileURLWithPath: Self.nginx)
        nginx.arguments = ["-p", folder.path, "-c", "nginx.conf"]
        try nginx.run()
        defer { nginx.terminate() }
        let connection = try await connect(port, nginx)
        let body = #"{"query":"{ __typename }"}"#
        for _ in 1...3 {
            connection.send(
                "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
            let response = await connection.read(until: "}}")
            #expect(response.hasSuffix(#"{"data":{"__typename":"Query"}}"#))
            // The id that nginx has given the request, in the response and in the gateway's log.
            let id = try #require(response.firstMatch(of: /x-request-id: ([0-9a-f]{32})\r\n/)?.1)
            #expect(try await gateway.errorLine(containing: String(id)).contains("/graphql"))
        }
        connection.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        #expect(await connection.readToEnd().hasPrefix("HTTP/1.1 404 "))
    }
}
