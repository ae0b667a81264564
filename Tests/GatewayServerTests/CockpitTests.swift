import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// What operators see of spending, and what clients see of their own budgets.
@Suite struct CockpitTests {
    /// Lends a gateway with a socket for operators, whose upstream states its limit, and the address of that socket.
    private func run(
        directory: ClientDirectory? = nil,
        _ body: (GatewayUnderTest, _ operators: String) async throws -> Void
    ) async throws {
        let upstream = try await ScriptedServer.start { _ in
            .http(
                headers: [
                    ("Content-Type", "application/json"), ("X-RateLimit-Limit", "100"),
                    ("X-RateLimit-Remaining", "97"), ("X-RateLimit-Reset", "9999999999"),
                ],
                body: #"{"data":[{"id":"1","title":"A"}],"count":1}"#
            )
        }
        var options = GatewayUnderTest.Options()
        let log = SpendingLog()
        options.observer = log
        options.directory = directory
        options.server.spending = log
        options.server.pages.cockpit = Pages.cockpit([
            StaticFile(path: "cockpit/index.html", bytes: Array("page".utf8)),
            StaticFile(path: "elements.js", bytes: Array("module".utf8)),
            StaticFile(path: "main.js", bytes: []),
        ])
        options.server.listeners = [
            HTTPListener(.address(ListenAddress(host: "127.0.0.1", port: 0)), purpose: .administration)
        ]
        try await GatewayUnderTest.run(schema: RepositoryFile.schema(), upstream: upstream.baseURL, options: options) {
            try await body($0, "\(try #require($0.server.addresses.last))")
        }
        try await upstream.shutdown()
    }

    @Test func operatorsSeeFiguresUnderNamesThatNobodyElseOwns() async throws {
        try await run { _, operators in
            func status(_ path: String, host: String) async throws -> String {
                let address = try #require(ListenAddress(operators))
                let connection = try RawConnection(to: address)
                connection.send("GET \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
                return String(await connection.read(until: "\r\n").dropFirst("HTTP/1.1 ".count).prefix(3))
            }
            let statuses = [
                try await status("/cockpit/report", host: "rebound.example"),
                try await status("/cockpit/report", host: "localhost"),
                try await status("/health/live", host: "rebound.example"),
            ]
            #expect(statuses == ["403", "200", "200"])
            // There, no credential would be of use.
            let connection = try RawConnection(to: try #require(ListenAddress(operators)))
            connection.send("GET /cockpit/report HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n")
            let refusal = await connection.readToEnd()
            #expect(
                refusal.contains(
                    "This host name is not allowed here; use an IP address or localhost, or allow it by serve --allowed-host."
                ),
                "\(refusal)"
            )
        }
    }

    private static let query = "query Titles { issues(first: 1) { nodes { title } } }"

    private static func get(_ address: String, _ path: String) async throws -> TransportResponse {
        let transport = try CurlTransport()
        let request = TransportRequest(
            method: "GET",
            url: "http://\(address)\(path)",
            headers: [],
            timeout: .seconds(60)
        )
        let response = try await transport.send([request])[0].get()
        await transport.shutDown()
        return response
    }

    @Test func figuresOfKeysAndClientsShowNoKey() async throws {
        try await run { gateway, operators in
            _ = try await gateway.query(Self.query, key: "secret")
            _ = try await gateway.query(Self.query, key: "secret")
            let response = try await Self.get(operators, "/cockpit/report")
            #expect(response.status == 200)
            #expect(!String(decoding: response.body, as: UTF8.self).contains("secret"))
            let report = try JSONValue(parsing: response.body)
            let workspace = try #require(report["workspaces"]?[0])
            #expect(workspace["slug"] == "main")
            #expect(workspace["available"] == true)
            let key = try #require(workspace["keys"]?[0])
            let digest = try #require(key["key"]?.stringValue)
            #expect(digest.count == 12)
            #expect(
                key["budgets"]?[0] == [
                    "kind": "read", "limit": 100, "used": 3, "remaining": 97, "waiting": 0,
                    "lanes": [["name": "people", "share": 60, "calls": 1, "waiting": 0]],
                ]
            )
            #expect(
                report["lanes"] == [["name": "people", "requests": 2, "calls": 1, "cached": 1, "waitedMs": 0]]
            )
            #expect(
                report["spending"] == [
                    [
                        "client": .string(digest), "lane": "people", "interface": "graphql", "operation": "Titles",
                        "requests": 2,
                        "calls": 1, "cached": 1, "errors": 0, "waitedMs": 0,
                    ]
                ]
            )
            #expect(
                report["caches"]?.arrayValue?.compactMap { $0["name"] }
                    == ["responses", "results", "documents", "complete_responses", "responses_by_bytes"]
            )
            #expect(report["slowOperations"] == [])
        }
    }

    @Test func figuresFollowAsServerSentEvents() async throws {
        try await run { _, operators in
            let connection = try RawConnection(to: try #require(ListenAddress(operators)))
            let head = "GET /cockpit/report HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
            connection.send(head)
            let text = await connection.read(until: "\n\n\r\n")
            #expect(text.contains("content-type: text/event-stream"))
            #expect(text.contains("data: {\"workspaces\":"))
        }
    }

    @Test func thePageIsForOperatorsAlone() async throws {
        try await run { gateway, operators in
            let page = try await Self.get(operators, "/cockpit/")
            #expect(page.body == Array("page".utf8))
            let module = try await Self.get(operators, "/cockpit/elements.js")
            #expect(module.body == Array("module".utf8))
            let other = try await Self.get(operators, "/cockpit/main.js")
            #expect(other.status == 404)
            for path in ["/cockpit", "/cockpit/report", "/cockpit/elements.js"] {
                let response = try await gateway.send("GET", path)
                #expect(response.status == 404, "\(path)")
            }
        }
    }

    @Test func clientsThatAreAdministratorsOpenItWhereClientsCall() async throws {
        let directory = ClientDirectory([
            (hash: Self.hash(Self.ofA), client: GatewayClient(name: "operator", isAdministrator: true)),
            (hash: Self.hash(Self.ofB), client: GatewayClient(name: "board")),
        ])
        try await run(directory: directory) { gateway, _ in
            func get(_ path: String, _ token: String?, accept: String = "*/*") async throws -> GatewayUnderTest.Response
            {
                let key = token.map { [("Authorization", "Bearer \($0)")] } ?? []
                return try await gateway.send("GET", path, headers: key + [("Accept", accept)])
            }
            let report = try await get("/cockpit/report", "a")
            #expect(report.status == 200)
            #expect(try report.json()["workspaces"]?[0]?["slug"] == "main")
            let other = try await get("/cockpit/report", "b")
            #expect(other.status == 403)
            #expect(try other.json()["errors"]?[0]?["extensions"]?["code"] == "FORBIDDEN")
            let nobody = try await get("/cockpit/report", nil)
            #expect(nobody.status == 401)
            #expect(nobody.headers.first("www-authenticate") == "Bearer realm=\"gateway\"")
            // The page holds nothing: a browser has to load it before somebody can give it a token.
            #expect(try await get("/cockpit/", nil).body == Array("page".utf8))
            #expect(try await get("/cockpit/main.js", nil).status == 404)
        }
    }

    @Test func withoutAdministratorsThereIsNoCockpitWhereClientsCall() async throws {
        let directory = ClientDirectory([(hash: Self.hash(Self.ofA), client: GatewayClient(name: "board"))])
        try await run(directory: directory) { gateway, _ in
            for path in ["/cockpit/", "/cockpit/report"] {
                let response = try await gateway.send("GET", path, headers: [("Authorization", "Bearer a")])
                #expect(response.status == 404, "\(path)")
            }
        }
    }

    /// The SHA-256 hashes of the tokens "a" and "b".
    private static let ofA = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    private static let ofB = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"

    private static func hash(_ digits: String) -> [UInt8] {
        stride(from: 0, to: 64, by: 2).compactMap {
            UInt8(digits.dropFirst($0).prefix(2), radix: 16)
        }
    }

    @Test func aCallerSeesItsOwnBudgets() async throws {
        try await run { gateway, _ in
            func report(_ key: String) async throws -> JSONValue {
                let headers = [("Content-Type", "application/json"), ("Authorization", "Bearer \(key)")]
                let response = try await gateway.send(
                    "POST",
                    "/rpc",
                    headers: headers,
                    body: Array(call("quota.report").utf8)
                )
                return try #require(try response.json()["result"]?["workspaces"]?[0])
            }
            let unused = try await report("secret")
            #expect(unused == ["workspace": "main"])
            _ = try await gateway.query(Self.query, key: "secret")
            _ = try await gateway.query("{ issues(first: 2) { nodes { title } } }", key: "other")
            let own = try await report("secret")
            #expect(own["budgets"]?[0]?["remaining"] == 97)
            #expect(own["key"]?.stringValue?.count == 12)
            let wrong = try await gateway.send(
                "POST",
                "/rpc",
                headers: [("Content-Type", "application/json")],
                body: Array(call("quota.report", #"{"x":1}"#).utf8)
            )
            #expect(try wrong.json()["error"]?["code"] == -32602)
        }
    }
}
