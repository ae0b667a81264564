package import Gateway

/// A gateway that `buildGateway` has made of a configuration: what serves, what is before it, and where.
package struct BuiltGateway: Sendable {
    /// What executes operations.
    package let service: GatewayService
    /// What models may call.
    let tools: MCPService
    /// What stays when another configuration takes the place of this one.
    package let running: RunningGateway
    /// What requests of clients are served with.
    let generation: ReplaceableGateway.Generation
    /// Where it listens, and what serves there.
    let sockets: [HTTPServer.Socket]
    /// How it is served.
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
