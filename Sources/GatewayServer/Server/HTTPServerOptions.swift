package import JSONRPC

/// How the server serves.
package struct HTTPServerOptions: Sendable {
    /// What one connection may take up.
    package var connection = ConnectionLimits()
    /// What the GraphQL door takes and gives.
    package var graphQL = GraphQLDoorOptions()
    /// What a JSON-RPC message may ask for.
    package var rpc = RPCLimits()
    /// The number of event loops; one for each core if nil.
    package var threads: Int?

    package init() {}

    /// The most bytes of a request's body, as it is sent and after decompression.
    package var maximumBodyBytes: Int {
        get { connection.maximumBodyBytes }
        set {
            connection.maximumBodyBytes = newValue
            graphQL.maximumBodyBytes = newValue
            rpc.maximumMessageBytes = newValue
        }
    }
}
