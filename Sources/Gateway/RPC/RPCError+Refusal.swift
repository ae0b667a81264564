package import GraphQL
package import JSONRPC

extension RPCError {
    /// The error of a request that is refused before it is read as a message.
    package init(refusal code: GraphQL.ErrorCode, _ message: String) {
        self.init(.invalidRequest, message, dataCode: code.rawValue)
    }
}
