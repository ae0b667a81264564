package import Gateway

/// All that a gateway is built of: values that have been read and checked.
package struct GatewayConfiguration: Sendable {
    /// What executes operations, and where their data comes from.
    package var service: ServiceConfiguration
    /// How they are served.
    package var server: HTTPServerOptions
    /// What serves JSON-RPC messages; nil: the service's own methods.
    package var messages: (any MessageHandler)?
    /// What models may call; nil: the service's own methods.
    package var tools: MCPService?

    package init(service: ServiceConfiguration, server: HTTPServerOptions = HTTPServerOptions()) {
        self.service = service
        self.server = server
    }
}
