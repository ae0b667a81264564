package import Gateway

/// Where JSON-RPC messages are answered, whatever carries them.
package protocol MessageHandler: Sendable {
    /// The OpenRPC document of what may be called; nil if clients may not learn it.
    var openRPC: [UInt8]? { get }

    /// Answers a message, or says how it will be answered.
    func respond(to message: [UInt8], caller: Caller) -> Reply<RPCResponse>
}

extension RPCService: MessageHandler {}
