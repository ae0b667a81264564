import GatewayTestSupport
import Testing
import Upstream

@testable import GatewayServer

/// Ids of requests.
@Suite struct RequestIDHeaderTests {
    @Test func theIDThatAClientGivesIsReturned() async throws {
        try await withGateway { gateway async throws in
            for path in ["/graphql", "/rpc", "/mcp", "/openrpc.json", "/health/live", "/absent"] {
                for method in ["GET", "POST", "PUT", "DELETE"] {
                    let headers = [(name: "X-Request-ID", value: "a-1/b:2")]
                    let body: [UInt8]? = method == "GET" || method == "DELETE" ? nil : []
                    let response = try await gateway.send(method, path, headers: headers, body: body)
                    #expect(response.headers.all("x-request-id") == ["a-1/b:2"], "\(method) \(path)")
                }
            }
        }
    }

    @Test(arguments: ["", "a b", "a\tb", "a\"b", String(repeating: "a", count: 129)])
    func invalidRequestIDIsReplaced(id: String) async throws {
        try await withGateway { gateway async throws in
            let response = try await gateway.send("GET", "/health/live", headers: [("X-Request-ID", id)])
            let made = try #require(response.headers.first("x-request-id"))
            #expect(made != id && RequestID(clientSupplied: made) != nil)
        }
    }

    @Test func idsThatAreMadeDiffer() async throws {
        try await withGateway { gateway async throws in
            var ids: Set<String> = []
            for _ in 0..<20 {
                let response = try await gateway.post(#"{"query":"{ __typename }"}"#)
                ids.insert(try #require(response.headers.first("x-request-id")))
            }
            #expect(ids.count == 20)
        }
    }
}
