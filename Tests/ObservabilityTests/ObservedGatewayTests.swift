import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

@testable import Observability

/// What is seen of a gateway from outside, by the programs that are made to read it.
@Suite(.timeLimit(.minutes(15))) struct ObservedGatewayTests {
    private static let keys = ["wsk_live_first_0123456789", "wsk_live_refused_0123456789"]
    private static let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    private static let query = #"{"query":"query Board { issue(id: \"i1\") { id title } }"}"#

    /// Requests that succeed, are cached, are refused, fail and name things in hostile ways.
    private static func run() async throws -> ObservedGateway.Seen {
        try await ObservedGateway.run { request in
            if request.header("authorization")?.hasSuffix(keys[1]) == true { return .http(401, body: "") }
            if request.target.contains("broken") { return .http(503, body: "") }
            return .http(body: #"{"id":"i1","title":"t"}"#)
        } _: { gateway in
            let json = (name: "Content-Type", value: "application/json")
            for key in keys {
                let fields = [
                    json, (name: "Authorization", value: "Bearer \(key)"), (name: "traceparent", value: parent),
                ]
                for body in [query, query, query, query, "{", #"{"query":"{ absent }"}"#] {
                    _ = try await gateway.send("POST", "/graphql", headers: fields, body: Array(body.utf8))
                }
                let calls = [
                    #"{"jsonrpc":"2.0","id":1,"method":"issues.get","params":{"id":"broken"}}"#,
                    #"{"jsonrpc":"2.0","id":1,"method":"x\n\"forged\"\\u001b"}"#,
                ]
                for body in calls {
                    _ = try await gateway.send("POST", "/rpc", headers: fields, body: Array(body.utf8))
                }
                _ = try await gateway.send("GET", "/absent/\(key.count)", headers: fields)
            }
        }
    }

    @Test func prometheusToolsReadTheMetrics() async throws {
        let seen = try await Self.run()
        let lints = try await ReaderProgram.output("promtool", ["check", "metrics"], of: Array(seen.text.utf8))
        #expect(lints.isEmpty, "\(lints)")
        let names = try await ReaderProgram.python("read_openmetrics.py", of: Array(seen.openMetrics.utf8))
        let known = Set(MetricCatalog.all.map(\.name))
        #expect(Set(names.split(separator: "\n").map(String.init)).isSubset(of: known))
        for line in [
            #"gateway_http_requests_total{route="other",method="GET",status="404"} 2"#,
            #"gateway_operations_total{interface="graphql",kind="none",code="GRAPHQL_VALIDATION_FAILED"} 2"#,
            #"gateway_credentials_refused_total{workspace="main"}"#, #"gateway_build_info{version="1.2.3"} 1"#,
            #"gateway_workspace_available{workspace="main"} 1"#, "process_resident_memory_bytes ",
            "process_start_time_seconds ", #"gateway_stage_duration_seconds_count{stage="serialize"}"#,
        ] {
            #expect(seen.text.contains(line), "\(line)")
        }
        #expect(seen.openMetrics.hasSuffix("# EOF\n"))
    }

    @Test func aPrometheusThatScrapesTheGatewayFindsItsVersion() async throws {
        _ = try await ObservedGateway.run { _ in
            .http(body: #"{"id":"i1","title":"t"}"#)
        } _: { gateway in
            let query = #"gateway_build_info{version="1.2.3"}"#
            let result = try await BuiltProgram.finish(
                "/usr/bin/env",
                [
                    "python3", "\(RepositoryFile.root)/Tests/ObservabilityTests/scrape_with_prometheus.py",
                    "\(gateway.server.address)", query,
                ],
                in: RepositoryFile.root
            )
            #expect((result.status, result.output) == (0, "1\n"), "\(result.errors)")
        }
    }

    @Test func noOutputHasAKey() async throws {
        let seen = try await Self.run()
        #expect(seen.log.count > 20)
        let spans = seen.collector.requests().map { String(decoding: $0.body, as: UTF8.self) }
        for output in seen.log + [seen.text, seen.openMetrics] + spans {
            for key in Self.keys { #expect(!output.contains(key), "\(output)") }
        }
    }

    @Test func everyLogLineIsOneObject() async throws {
        let seen = try await Self.run()
        for line in seen.log {
            #expect(line.last == "\n" && !line.dropLast().contains("\n"))
            _ = try JSONValue(parsing: Array(line.utf8))
        }
        let access = try seen.log.map { try JSONValue(parsing: Array($0.utf8)) }.filter { $0["logger"] == "gateway" }
        #expect(access.contains { $0["message"] == "Slow operation." && $0["callPlan"]?.arrayValue?.isEmpty == false })
        let lines = access.filter { $0["message"] == "request" && $0["operation"] == "Board" }
        #expect(lines.count == 8)
        #expect(Set(lines.compactMap { $0["signature"]?.stringValue }).count == 1)
        #expect(Set(lines.compactMap { $0["client"]?.stringValue }).count == 2)
    }

    @Test func collectorsReadTheSpansOfOneTrace() async throws {
        let seen = try await Self.run()
        let request = try #require(seen.collector.requests().first)
        #expect(request.target == "/v1/traces")
        #expect(request.header("content-type") == "application/x-protobuf")
        let output = try await ReaderProgram.python("read_otlp.py", of: request.body)
        let spans = try #require(try JSONValue(parsing: Array(output.utf8)).arrayValue)
        #expect(spans.allSatisfy { $0["service"] == "workestra-gateway" && $0["isOrdered"] == true })
        let own = spans.filter { $0["trace"] == "0af7651916cd43dd8448eb211c80319c" }
        let server = try #require(own.first { $0["name"] == "POST /graphql" })
        #expect(server["parent"] == "b7ad6b7169203331" && server["kind"] == 2)
        let operation = try #require(own.first { $0["name"] == "query" && $0["parent"] == server["span"] })
        #expect(operation["attributes"]?["graphql.operation.name"] == "Board")
        #expect(operation["attributes"]?["graphql.document"] == nil)
        let call = try #require(own.first { $0["name"] == "GET" && $0["parent"] == operation["span"] })
        #expect(call["kind"] == 3 && call["attributes"]?["gateway.workspace"] == "main")
        // The upstream was given the span of its own call.
        let sent = seen.upstream.requests().compactMap { $0.header("traceparent") }
        let trace = call["trace"]?.stringValue ?? ""
        #expect(sent.contains("00-\(trace)-\(call["span"]?.stringValue ?? "")-01"))
        #expect(own.contains { $0["name"] == "jsonrpc" && $0["status"] == 2 })
    }

    /// What clients choose takes little memory in the queue of spans.
    @Test func longNamesAreCutInSpans() async throws {
        let name = String(repeating: "n", count: 5000)
        let seen = try await ObservedGateway.run { _ in
            .http(body: #"{"id":"i1"}"#)
        } _: { gateway in
            let body = #"{"query":"query \#(name) { __typename }"}"#
            let headers = [(name: "Content-Type", value: "application/json")]
            let response = try await gateway.send("POST", "/graphql", headers: headers, body: Array(body.utf8))
            #expect(response.status == 200)
        }
        let spans = seen.collector.requests().map { String(decoding: $0.body, as: UTF8.self) }.joined()
        #expect(spans.contains(name.prefix(200)))
        #expect(!spans.contains(name.prefix(201)))
    }
}
