package import Gateway
package import JSONRPC

/// How the server serves.
package struct HTTPServerOptions: Sendable {
    /// The sockets that HTTP is served on.
    package var listeners: [HTTPListener] = []
    /// The limits of one connection.
    package var connection = ConnectionLimits()
    /// The limits of all connections together.
    package var limits = ServerLimits()
    /// The options of the GraphQL endpoint.
    package var graphQL = GraphQLEndpointOptions()
    /// What holds for all endpoints.
    package var filters = FilterOptions()
    /// The limits of one connection that carries JSON-RPC messages.
    package var messages = MessageLimits()
    /// The sockets that take one message a line.
    package var lineSockets = LineSocketOptions()
    /// Operations that are tools for models.
    package var operationTools: [OperationTool] = []
    /// How the webhooks of workspaces are verified; those of others are not taken.
    package var webhooks: [WebhookOptions] = []
    /// The pages for browsers.
    package var pages = Pages()
    /// What the cockpit on the sockets of operators shows of spending; nil: there is no cockpit.
    package var spending: SpendingLog?
    /// How long it is until the cockpit shows new figures.
    package var cockpitInterval: Duration = .seconds(1)
    /// What `/metrics` shows; nil: there is no such endpoint.
    package var metrics: (any MetricsExposition)?
    /// What records profiles for operators; nil: nothing does.
    package var profiler: (any ProfileRecording)?
    /// The URL by which clients reach the gateway; nil: it is not known.
    package var publicURL: String?
    /// What clients that need a token learn; nil: nothing.
    package var protectedResource: ProtectedResource?
    /// The number of event loops; one for each core if nil.
    package var threads: Int?

    package init() {}

    /// The limits of a JSON-RPC message.
    package var rpc: RPCLimits {
        get { messages.message }
        set { messages.message = newValue }
    }

    /// Where the OpenRPC document says that methods are called.
    var rpcURL: String {
        publicURL.map { $0.hasSuffix("/") ? "\($0)rpc" : "\($0)/rpc" } ?? "/rpc"
    }

    /// The most bytes of a request's body, as it is sent and after decompression.
    package var maximumBodyBytes: Int {
        get { connection.maximumBodyBytes }
        set {
            connection.maximumBodyBytes = newValue
            graphQL.maximumBodyBytes = newValue
            messages.maximumMessageBytes = newValue
        }
    }

    /// The options with the sockets of others, and what is shown on which of them: sockets stay when options change.
    ///
    /// - Parameter former: the others; nil: there are none.
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
