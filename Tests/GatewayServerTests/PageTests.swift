import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// Pages for browsers, and the estimates that they show.
@Suite struct PageTests {
    private func run(_ pages: Pages = Pages(), _ body: (GatewayUnderTest) async throws -> Void) async throws {
        var options = GatewayUnderTest.Options()
        options.server.pages = pages
        try await GatewayUnderTest.run(
            schema: RepositoryFile.schema(),
            upstream: "http://127.0.0.1:1",
            options: options
        ) {
            try await body($0)
        }
    }

    private static let html: Headers = [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")]

    private static func files(_ paths: String...) -> [StaticFile] {
        paths.map { StaticFile(path: $0, bytes: Array("content of \($0)".utf8)) }
    }

    @Test func theExplorerIsForBrowsersAlone() async throws {
        var pages = Pages()
        pages.explorer = Self.files("index.html", "main.js", "vendor/a.css")
        try await run(pages) { gateway in
            let page = try await gateway.send("GET", "/", headers: Self.html)
            #expect(page.status == 200)
            #expect(page.text == "content of index.html")
            #expect(page.headers.first("content-type") == "text/html; charset=utf-8")
            let policy = try #require(page.headers.first("content-security-policy"))
            #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self';"))
            #expect(!policy.contains("unsafe"))
            for headers in [[], [("Accept", "application/json")], [("Accept", "*/*")]] as [Headers] {
                let other = try await gateway.send("GET", "/", headers: headers)
                #expect(other.status == 404)
                #expect(try other.json()["errors"]?[0]?["extensions"]?["code"] == "PATH_NOT_FOUND")
            }
            let script = try await gateway.send("GET", "/explorer/main.js")
            #expect(script.headers.first("content-type") == "text/javascript; charset=utf-8")
            #expect(script.text == "content of main.js")
            let tag = try #require(script.headers.first("etag"))
            let again = try await gateway.send("GET", "/explorer/main.js", headers: [("If-None-Match", tag)])
            #expect(again.status == 304)
            #expect(again.body.isEmpty)
            let posted = try await gateway.send("POST", "/explorer/main.js", body: [])
            #expect(posted.status == 405)
            let unknown = try await gateway.send("GET", "/explorer/other.js")
            #expect(unknown.status == 404)
            // The test's HTTP client would take the dots out of the path.
            let raw = try RawConnection(to: gateway.server.address)
            raw.send("GET /explorer/../index.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            #expect(await raw.readToEnd().hasPrefix("HTTP/1.1 404 "))
        }
    }

    @Test func withoutPagesNothingIsServed() async throws {
        try await run { gateway in
            let page = try await gateway.send("GET", "/", headers: Self.html)
            #expect(page.status == 404)
        }
    }

    @Test func incompleteExplorerNamesTheScriptThatFetchesFiles() async throws {
        for files in [[], Self.files("index.html", "main.js")] {
            var pages = Pages()
            pages.explorer = Pages.explorer(files)
            try await run(pages) { gateway in
                let page = try await gateway.send("GET", "/", headers: Self.html)
                #expect(page.status == 200)
                #expect(page.text.contains("scripts/fetch-explorer.sh"))
            }
        }
    }

    @Test func ownFilesAreServedWithTheirFolders() async throws {
        var pages = Pages()
        pages.own = Self.files("index.html", "board/index.html", "board/a.svg")
        try await run(pages) { gateway in
            let expected = [
                "/static/": "index.html", "/static/index.html": "index.html",
                "/static/board/": "board/index.html", "/static/board/a.svg": "board/a.svg",
            ]
            for (path, file) in expected {
                let response = try await gateway.send("GET", path)
                #expect(response.text == "content of \(file)", "\(path)")
            }
            for path in ["/static", "/static/board"] {
                let response = try await gateway.send("GET", path)
                #expect(response.status == 308)
                #expect(response.headers.first("location") == "\(path)/")
            }
        }
    }

    @Test func namesOfFilesComePercentEncoded() async throws {
        let names = ["a b.txt", "größe.txt", "gro\u{308}ße.txt", "100%.txt", "a?b#c.txt", "a/b.txt", "f o/index.html"]
        var pages = Pages()
        pages.own = names.map { StaticFile(path: $0, bytes: Array("content of \($0)".utf8)) }
        try await run(pages) { gateway in
            func get(_ path: String) async throws -> String {
                let raw = try RawConnection(to: gateway.server.address)
                raw.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return await raw.readToEnd()
            }
            let served = [
                "/static/a%20b.txt": "a b.txt", "/static/%61%20b.txt": "a b.txt",
                "/static/gr%C3%B6%c3%9fe.txt": "größe.txt",
                "/static/gro%CC%88%C3%9Fe.txt": "gro\u{308}ße.txt", "/static/100%25.txt": "100%.txt",
                "/static/100%.txt": "100%.txt", "/static/a%3Fb%23c.txt?x": "a?b#c.txt", "/static/a/b.txt": "a/b.txt",
                "/static/f%20o/": "f o/index.html",
            ]
            for (path, name) in served {
                let response = try await get(path)
                #expect(
                    response.hasPrefix("HTTP/1.1 200 ") && response.hasSuffix("content of \(name)"),
                    "\(path): \(response)"
                )
                #expect(response.utf8.suffix(name.utf8.count).elementsEqual(name.utf8), "\(path)")
            }
            // What is no name of a file, and paths of other endpoints, which have one spelling.
            for path in [
                "/static/a%2Fb.txt", "/static/a%2", "/static/%FF.txt", "/static%2Fa/b.txt", "/%67raphql",
                "/health/%6Cive",
            ] {
                let response = try await get(path)
                #expect(response.hasPrefix("HTTP/1.1 404 "), "\(path): \(response)")
            }
            let folder = try await get("/static/f%20o")
            #expect(
                folder.hasPrefix("HTTP/1.1 308 ") && folder.contains("\r\nlocation: /static/f%20o/\r\n"),
                "\(folder)"
            )
        }
    }

    // MARK: - Estimates

    private static let json: Headers = [("Content-Type", "application/json"), ("Authorization", "Bearer k")]

    private func explain(_ gateway: GatewayUnderTest, _ request: JSONValue) async throws -> GatewayUnderTest.Response {
        try await gateway.send("POST", "/explain", headers: Self.json, body: request.serialized())
    }

    @Test func anOperationIsExplainedWithItsFieldsPositions() async throws {
        try await run { gateway in
            let query = "query Q($n: Int) {\n  issues(first: $n) { nodes { project { name } } }\n}"
            let response = try await explain(gateway, ["query": .string(query), "variables": ["n": 3]])
            #expect(response.status == 200)
            let cost = try response.json()
            #expect(cost["operation"] == "query Q")
            #expect(cost["estimated"] == ["min": 1, "max": 6])
            #expect(cost["steps"]?[0]?["location"] == ["line": 2, "column": 3])
            #expect(cost["steps"]?[0]?["steps"]?[0]?["location"] == ["line": 2, "column": 31])
            #expect(cost["refusal"] == nil)
        }
    }

    @Test func tooExpensiveOperationIsExplainedWithItsRefusal() async throws {
        var options = GatewayUnderTest.Options()
        options.limits.maximumCalls = 3
        try await GatewayUnderTest.run(
            schema: RepositoryFile.schema(),
            upstream: "http://127.0.0.1:1",
            options: options
        ) {
            let query = "{ issues(first: 1000) { nodes { project { name } } } }"
            let cost = try await explain($0, ["query": .string(query)]).json()
            #expect(cost["exceeds"] == true)
            #expect(cost["limit"] == 3)
            #expect(cost["refusal"]?["extensions"]?["code"] == "TOO_EXPENSIVE")
        }
    }

    /// Bodies that are refused, with the status and the code.
    static let refused: [(body: String, status: Int, code: String)] = [
        (#"{"query":"{"}"#, 200, "GRAPHQL_PARSE_FAILED"),
        (#"{"query":"{ nothing }"}"#, 200, "GRAPHQL_VALIDATION_FAILED"),
        (#"{"query":"query($a: ID!) { issue(id: $a) { id } }"}"#, 200, "BAD_USER_INPUT"),
        ("{}", 400, "BAD_USER_INPUT"), ("[", 400, "BAD_USER_INPUT"),
    ]

    @Test func errorsAreThoseOfTheRequest() async throws {
        try await run { gateway in
            for (body, status, code) in Self.refused {
                let response = try await gateway.send("POST", "/explain", headers: Self.json, body: Array(body.utf8))
                #expect(response.status == status, "\(body)")
                #expect(try response.json()["errors"]?[0]?["extensions"]?["code"] == .string(code), "\(body)")
            }
            let read = try await gateway.send("GET", "/explain?query={id}")
            #expect(read.status == 405)
            let text = try await gateway.send("POST", "/explain", headers: [("Content-Type", "text/plain")], body: [])
            #expect(text.status == 415)
        }
    }

    @Test func anEstimateCountsAgainstTheClientsMinute() async throws {
        var options = GatewayUnderTest.Options()
        options.limits.client.requestsPerMinute = 1
        try await GatewayUnderTest.run(
            schema: RepositoryFile.schema(),
            upstream: "http://127.0.0.1:1",
            options: options
        ) {
            let first = try await explain($0, ["query": "{ __typename }"])
            #expect(first.status == 200)
            let second = try await explain($0, ["query": "{ __typename }"])
            #expect(second.status == 429)
            #expect(try second.json()["errors"]?[0]?["extensions"]?["code"] == "RATE_LIMITED")
        }
    }

    // MARK: - Timeline

    @Test func aReportListsTheCalls() async throws {
        let upstream = try await ScriptedServer.start { request in
            request.target.hasPrefix("/issues")
                ? .http(
                    body: #"{"data":[{"id":"1","title":"A","project_id":"p"},{"id":"2","project_id":"p"}],"count":2}"#
                )
                : .http(body: #"{"id":"p","name":"P"}"#)
        }
        try await GatewayUnderTest.run(schema: RepositoryFile.schema(), upstream: upstream.baseURL) { gateway in
            let body: JSONValue = ["query": "{ issues(first: 2) { nodes { id project { name } } } }"]
            func ask() async throws -> JSONValue {
                let headers = Self.json + [("Gateway-Report", "plan")]
                let response = try await gateway.send("POST", "/graphql", headers: headers, body: body.serialized())
                return try #require(try response.json()["extensions"]?["calls"])
            }
            let first = try await ask()
            let plan = try #require(first["plan"]?.arrayValue)
            #expect(plan.map { $0["source"] } == ["upstream", "upstream"])
            #expect(plan[0]["path"]?.stringValue?.hasPrefix("/issues?") == true)
            #expect(plan[0]["rows"] == 2)
            #expect(plan[1]["path"] == "/projects/p")
            #expect(plan.allSatisfy { $0["status"] == 200 && $0["workspace"] == "main" && $0["method"] == "GET" })
            #expect(plan.allSatisfy { ($0["startMicroseconds"]?.intValue ?? -1) >= 0 })
            #expect(first["made"] == 2)
            let second = try await ask()
            #expect(second["made"] == 0)
        }
        try await upstream.shutdown()
    }
}
