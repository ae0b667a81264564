private import JSON
internal import JSONRPC

/// The answer to a message, and the status that it has over HTTP.
package struct MCPReply: Sendable, Hashable {
    package let status: Int
    /// The JSON text; nil if there is nothing to say.
    package let body: [UInt8]?

    /// A notification has been taken.
    static let accepted = MCPReply(status: 202, body: nil)

    /// The response of a request that succeeded.
    static func result(_ text: [UInt8], id: RPCID) -> MCPReply {
        var output = OutputBuffer(minimumCapacity: text.count + 64)
        output.append(rpcResult: text[...], id: id)
        return MCPReply(status: 200, body: output.array())
    }

    /// The response of a request that failed.
    static func error(_ error: RPCError, status: Int, id: RPCID = .null) -> MCPReply {
        var output = OutputBuffer(minimumCapacity: 256)
        output.append(rpcError: error, id: id)
        return MCPReply(status: status, body: output.array())
    }
}

/// A reply that is here, or that takes waiting.
package enum MCPAnswer: Sendable {
    case now(MCPReply)
    case later(@Sendable () async -> MCPReply)
}
