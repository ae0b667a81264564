package import JSONRPC

/// How the server serves.
package struct HTTPServerOptions: Sendable {
    /// What one connection may take up.
    package var connection = ConnectionLimits()
    /// What all connections may take up.
    package var limits = ServerLimits()
    /// The options of the GraphQL endpoint.
    package var graphQL = EndpointOptions()
    /// What one connection that carries messages may take up.
    package var messages = MessageLimits()
    /// The sockets that take one message a line.
    package var lineSockets = LineSocketOptions()
    /// The number of event loops; one for each core if nil.
    package var threads: Int?

    package init() {}

    /// What a JSON-RPC message may ask for.
    package var rpc: RPCLimits {
        get { messages.message }
        set { messages.message = newValue }
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
}
