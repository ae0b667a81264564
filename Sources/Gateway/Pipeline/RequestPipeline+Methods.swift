internal import JSONRPC

extension RequestPipeline {
    /// Refuses the gateway's own methods and tools to a client that may only execute certain documents.
    func checkOwnMethods() throws(RPCError) {
        guard let client = caller.client, !client.mayExecuteAnyDocument else { return }
        throw RPCError(RequestRefusal.untrustedDocument)
    }
}
