package import Gateway

/// Serves JSON-RPC messages of any transport.
package protocol MessageHandler: Sendable {
    /// The OpenRPC document of what may be called; nil if clients may not learn it.
    var openRPC: [UInt8]? { get }

    /// Returns the response to a message: now or later.
    func respond(to message: [UInt8], caller: Caller) -> Reply<RPCResponse>
}

extension RPCService: MessageHandler {}
