package import Gateway

/// The configuration of a gateway: values that have been read and checked.
package struct GatewayConfiguration: Sendable {
    /// The configuration of the service that executes operations.
    package var service: ServiceConfiguration
    /// The options of the server.
    package var server: HTTPServerOptions
    /// Handles JSON-RPC messages; nil: the service's own methods do.
    package var messages: (any MessageHandler)?
    /// Serves MCP tools; nil: they are made of the service's own methods.
    package var tools: MCPService?

    package init(service: ServiceConfiguration, server: HTTPServerOptions = HTTPServerOptions()) {
        self.service = service
        self.server = server
    }
}
