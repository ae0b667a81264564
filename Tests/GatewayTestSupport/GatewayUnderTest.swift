package import Gateway
package import GatewayServer
package import GraphQL
package import JSON
package import Upstream

/// A gateway on a free port in front of any upstream, and a client for it.
package struct GatewayUnderTest: Sendable {
    package let server: HTTPServer
    private let upstreamTransport: CurlTransport
    private let clientTransport: CurlTransport

    /// What a test may change of a gateway.
    package struct Options: Sendable {
        package var limits = RequestLimits()
        /// The longest that one upstream call may take.
        package var upstreamTimeout: Duration = .seconds(5)

        package init() {}
    }

    /// Starts a gateway, lends it to a test, and stops it.
    package static func run<Value>(
        schema: Source,
        upstream: String,
        options: Options = Options(),
        _ body: (GatewayUnderTest) async throws -> Value
    ) async throws -> Value {
        let loaded = try LoadedSchema(schema)
        let upstreamTransport = try CurlTransport()
        let client = UpstreamClient(
            baseURL: upstream,
            conventions: loaded.bindings.conventions,
            transport: upstreamTransport,
            timeout: options.upstreamTimeout
        )
        let server = try await HTTPServer.start(
            service: GatewayService(schema: loaded, client: client, limits: options.limits),
            listen: ListenAddress(host: "127.0.0.1", port: 0),
            maximumBodyBytes: options.limits.maximumBodyBytes,
            threads: 1
        )
        let gateway = GatewayUnderTest(
            server: server,
            upstreamTransport: upstreamTransport,
            clientTransport: try CurlTransport()
        )
        do {
            let value = try await body(gateway)
            try await gateway.stop()
            return value
        } catch {
            try await gateway.stop()
            throw error
        }
    }

    private func stop() async throws {
        await clientTransport.shutDown()
        try await server.shutDown()
        await upstreamTransport.shutDown()
    }

    /// What the gateway answered.
    package struct Answer: Sendable {
        package let status: Int
        package let headers: TransportHeaders
        package let body: [UInt8]

        /// The body as text.
        package var text: String { String(decoding: body, as: UTF8.self) }

        /// The body as JSON.
        package func json() throws -> JSONValue { try JSONValue(parsing: body) }
    }

    /// Sends any request.
    package func send(
        _ method: String,
        _ path: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil
    ) async throws -> Answer {
        let request = TransportRequest(
            method: method,
            url: "http://\(server.address)\(path)",
            headers: headers,
            body: body,
            timeout: .seconds(20)
        )
        let response = try await clientTransport.send([request])[0].get()
        return Answer(status: response.status, headers: response.headers, body: response.body)
    }

    /// Sends a GraphQL request as a client would.
    package func query(
        _ text: String,
        variables: JSONObject = JSONObject(),
        key: String? = nil
    ) async throws -> Answer {
        let body: JSONValue = ["query": .string(text), "variables": .object(variables)]
        var headers = [(name: "Content-Type", value: "application/json")]
        if let key { headers.append((name: "Authorization", value: "Bearer \(key)")) }
        return try await send("POST", "/graphql", headers: headers, body: body.serialized())
    }
}
