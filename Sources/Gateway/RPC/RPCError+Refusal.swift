package import GraphQL
package import JSONRPC

extension RPCError {
    /// The error of a request that is refused before it is read as a message.
    ///
    /// A refusal that has a number of its own has it here as well, and one that the request is not to blame for is no invalid request.
    package init(refusal code: GraphQL.ErrorCode, _ message: String) {
        let isClients = ErrorCodeTable.entry(of: code).map { $0.status < 500 } ?? true
        let number = code.rpcCode == .serverError && isClients ? .invalidRequest : code.rpcCode
        self.init(number, message, dataCode: code.rawValue)
    }
}
