internal import JSONRPC

extension RequestPipeline {
    /// Refuses the gateway's own methods and tools, too, to a client that may have some documents executed and nothing else.
    func checkOwnMethods() throws(RPCError) {
        guard let client = caller.client, !client.mayExecuteAnyDocument else { return }
        throw RPCError(RequestRefusal.untrustedDocument)
    }
}
