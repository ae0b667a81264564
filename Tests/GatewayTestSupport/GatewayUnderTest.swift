package import Gateway
package import GatewayServer
package import GraphQL
package import JSON
package import Upstream

/// A gateway on a free port in front of any upstream, and a client for it.
package struct GatewayUnderTest: Sendable {
    package let server: HTTPServer
    package let service: GatewayService
    private let upstreamTransport: CurlTransport
    private let clientTransport: CurlTransport

    /// What a test may change of a gateway.
    package struct Options: Sendable {
        package var limits = RequestLimits()
        /// Which optimizations of upstream calls are in use.
        package var spending = CallOptimizations()
        /// The longest that one upstream call may take: longer than any call takes on a machine that does much else.
        package var upstreamTimeout: Duration = .seconds(60)
        /// Which documents may be executed.
        package var documents = DocumentPolicy()
        /// The credential that each workspace has without one of the caller.
        package var configuredCredentials: [Credential?] = []
        /// The most bytes of serialized results that are cached.
        package var resultBytes = 8 << 20
        /// How the server serves.
        package var server = HTTPServerOptions()
        /// What serves JSON-RPC messages; nil: the gateway's own methods.
        package var messages: (any MessageHandler)?
        /// The clock by which responses age; nil: it stands still, so that no response ages while a slow machine runs a test.
        package var now: (@Sendable () -> ContinuousClock.Instant)?
        /// The clock by which budgets are counted; nil: the system's.
        package var budgetNow: (@Sendable () -> ContinuousClock.Instant)?
        /// By how much both clocks and their timers are ahead of the system's; nil: the clocks are those above.
        package var timeAhead: (@Sendable () -> Duration)?
        /// The lanes in which callers spend budgets.
        package var lanes = BudgetLanes()
        /// What models may call; nil: the gateway's own methods.
        package var tools: MCPService?
        /// The files that have keys of workspaces, by the workspaces' positions.
        package var keyFiles: [Int: KeyFile] = [:]
        /// Makes the store of upstream responses for so many workspaces; nil: one in memory.
        package var store: (@Sendable (Int) -> any ResponseStore)?
        /// The clients that may call; nil: callers are not asked who they are.
        package var directory: ClientDirectory?
        /// Is notified of what the gateway does.
        package var observer: (any GatewayObserver)?
        /// What the observer wants to learn of requests.
        package var telemetry = TelemetryOptions()

        package init() {
            server.threads = 1
            limits.timeout = .seconds(120)
        }

        /// What the gateway is built of: these options for a service, on a free port beside the sockets that they name.
        func configuration(_ service: ServiceConfiguration) -> GatewayConfiguration {
            let start = ContinuousClock.now
            var service = service
            service.upstreamTimeout = upstreamTimeout
            service.optimizations = spending
            service.resultBytes = resultBytes
            service.store = store
            service.limits = limits
            service.documents = documents
            service.directory = directory
            service.lanes = lanes
            service.budgetNow = budgetNow
            service.observer = observer
            service.telemetry = telemetry
            service.now = now ?? { start }
            if let timeAhead {
                let timer = service.schedule
                service.now = { ContinuousClock.now + timeAhead() }
                service.budgetNow = service.now
                service.schedule = { instant, action in timer(instant - timeAhead(), action) }
            }
            var configuration = GatewayConfiguration(service: service, server: server)
            configuration.server.listeners.insert(.onFreePort, at: 0)
            configuration.messages = messages
            configuration.tools = tools
            return configuration
        }
    }

    /// Starts a gateway, lends it to a test, and stops it.
    package static func run<Value>(
        schema: Source,
        upstream: String,
        options: Options = Options(),
        _ body: (GatewayUnderTest) async throws -> Value
    ) async throws -> Value {
        try await run(schema: schema, upstreams: [(slug: "main", baseURL: upstream)], options: options, body)
    }

    /// Starts a gateway in front of several workspaces, lends it to a test, and stops it.
    package static func run<Value>(
        schema: Source,
        upstreams: [(slug: String, baseURL: String)],
        options: Options = Options(),
        _ body: (GatewayUnderTest) async throws -> Value
    ) async throws -> Value {
        let upstreamTransport = try CurlTransport()
        let workspaces = upstreams.enumerated().map { index, upstream in
            let credentials = options.configuredCredentials
            return WorkspaceConfiguration(
                slug: upstream.slug,
                baseURL: upstream.baseURL,
                credential: credentials.indices.contains(index) ? credentials[index] : nil,
                keyFile: options.keyFiles[index]
            )
        }
        let service = ServiceConfiguration(
            schema: try LoadedSchema(schema),
            workspaces: workspaces,
            transport: upstreamTransport
        )
        let built = buildGateway(options.configuration(service))
        let gateway = GatewayUnderTest(
            server: try await built.start(),
            service: built.service,
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
        try await server.shutDown { await upstreamTransport.shutDown() }
    }

    /// The gateway's response.
    package struct Response: Sendable {
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
    ) async throws -> Response {
        let request = TransportRequest(
            method: method,
            url: "http://\(server.address)\(path)",
            headers: headers,
            body: body,
            timeout: .seconds(300)
        )
        let response = try await clientTransport.send([request])[0].get()
        return Response(status: response.status, headers: response.headers, body: response.body)
    }

    /// Sends a GraphQL request as a client would.
    package func query(
        _ text: String,
        variables: JSONObject = JSONObject(),
        key: String? = nil,
        workspaceKeys: [(slug: String, key: String)] = []
    ) async throws -> Response {
        let body: JSONValue = ["query": .string(text), "variables": .object(variables)]
        var headers = [(name: "Content-Type", value: "application/json")]
        if let key { headers.append((name: "Authorization", value: "Bearer \(key)")) }
        for entry in workspaceKeys { headers.append((name: "Workspace-Key", value: "\(entry.slug) \(entry.key)")) }
        return try await send("POST", "/graphql", headers: headers, body: body.serialized())
    }
}

extension HTTPListener {
    /// A socket for clients, on this machine alone.
    package static var onFreePort: HTTPListener { HTTPListener(.address(ListenAddress(host: "127.0.0.1", port: 0))) }
}
