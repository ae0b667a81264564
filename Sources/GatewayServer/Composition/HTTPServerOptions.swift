package import Gateway
package import JSONRPC

/// The options of the server.
package struct HTTPServerOptions: Sendable {
    /// The sockets for HTTP.
    package var listeners: [HTTPListener] = []
    /// The limits of one connection.
    package var connection = ConnectionLimits()
    /// The limits of all connections together.
    package var limits = ServerLimits()
    /// The options of the GraphQL endpoint.
    package var graphQL = GraphQLEndpointOptions()
    /// The options of the filters.
    package var filters = FilterOptions()
    /// The limits of one connection with JSON-RPC messages.
    package var messages = MessageLimits()
    /// The sockets for JSON-RPC messages on lines.
    package var lineSockets = LineSocketOptions()
    /// The operations that are MCP tools.
    package var operationTools: [OperationTool] = []
    /// The verification of webhooks by workspace; webhooks of other workspaces are refused.
    package var webhooks: [WebhookOptions] = []
    /// The pages for browsers.
    package var pages = Pages()
    /// The log whose spending the cockpit shows; nil: there is no cockpit.
    package var spending: SpendingLog?
    /// The interval between two reports of the cockpit.
    package var cockpitInterval: Duration = .seconds(1)
    /// The source of `/metrics`; nil: there is no such endpoint.
    package var metrics: (any MetricsExposition)?
    /// Records CPU profiles for operators; nil: there is no such endpoint.
    package var profiler: (any ProfileRecording)?
    /// The URL by which clients reach the gateway; nil: it is unknown.
    package var publicURL: String?
    /// The description for clients that need a token; nil: there is none.
    package var protectedResource: ProtectedResource?
    /// The number of event loops; nil: one for each core.
    package var threads: Int?

    package init() {}

    /// The limits of a JSON-RPC message.
    package var rpc: RPCLimits {
        get { messages.message }
        set { messages.message = newValue }
    }

    /// The URL of the JSON-RPC endpoint in the OpenRPC document.
    var rpcURL: String {
        publicURL.map { $0.hasSuffix("/") ? "\($0)rpc" : "\($0)/rpc" } ?? "/rpc"
    }

    /// The most bytes of a request's body, both compressed and decompressed.
    package var maximumBodyBytes: Int {
        get { connection.maximumBodyBytes }
        set {
            connection.maximumBodyBytes = newValue
            graphQL.maximumBodyBytes = newValue
            messages.maximumMessageBytes = newValue
        }
    }

    /// The options with the sockets of former ones, which a reload does not change, and the pages on them.
    ///
    /// - Parameter former: the former options; nil: there are none.
    /// - Returns: the options.
    func on(socketsOf former: HTTPServerOptions?) -> HTTPServerOptions {
        guard let former else { return self }
        var options = self
        (options.listeners, options.metrics, options.pages) = (former.listeners, former.metrics, former.pages)
        options.spending = former.spending
        return options
    }
}

extension HTTPServerOptions {
    /// The pages that may send requests.
    var origins: OriginCheck {
        OriginCheck(crossOrigin: filters.crossOrigin, allowedHosts: filters.allowedHosts, publicURL: publicURL)
    }
}
