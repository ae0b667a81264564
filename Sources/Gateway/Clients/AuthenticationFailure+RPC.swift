internal import GraphQL
package import JSONRPC
internal import Upstream

extension RPCError {
    /// The error of a token that identifies no client.
    package init(_ failure: AuthenticationFailure) {
        let code = failure.code == .authenticationUnavailable ? failure.code : .unauthenticated
        self.init(code.rpcCode, failure.message, dataCode: code.rawValue)
    }
}
