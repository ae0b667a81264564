package import GraphQL
package import JSONRPC

extension RPCError {
    /// The error of a request that is refused before its body is read as a message.
    ///
    /// It has the number of its code in JSON-RPC; if that is the general one and the client caused the error, it is an invalid request.
    package init(refusal code: GraphQL.ErrorCode, _ message: String) {
        let isClients = ErrorCodeTable.entry(of: code).map { $0.status < 500 } ?? true
        let number = code.rpcCode == .serverError && isClients ? .invalidRequest : code.rpcCode
        self.init(number, message, dataCode: code.rawValue)
    }
}
