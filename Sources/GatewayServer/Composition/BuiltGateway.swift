package import Gateway

/// A gateway that `buildGateway` has built from a configuration.
package struct BuiltGateway: Sendable {
    /// Executes operations.
    package let service: GatewayService
    /// Serves the Model Context Protocol.
    let tools: MCPService
    /// The state that a reload of the configuration preserves.
    package let running: RunningGateway
    /// The parts that serve client requests.
    let generation: ReplaceableGateway.Generation
    /// The sockets to listen on.
    let sockets: [HTTPServer.Socket]
    /// The options of the server.
    package let options: HTTPServerOptions

    /// Starts to serve.
    ///
    /// - Returns: the server.
    /// - Throws: `ListenFailure`.
    package func start() async throws -> HTTPServer {
        running.serve(self)
        var all = HTTPServer.Options()
        all.connection = options.connection
        all.limits = options.limits
        all.threads = options.threads
        return try await HTTPServer.start(sockets, options: all, state: running.state)
    }
}
