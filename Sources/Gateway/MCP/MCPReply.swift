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
    static func result(_ text: [UInt8], id: [UInt8]) -> MCPReply {
        MCPReply(status: 200, body: RPCResponse.result(text[...], id: id))
    }

    /// The response of a request that failed.
    static func error(_ error: RPCError, status: Int, id: [UInt8] = RPCRequest.nullID) -> MCPReply {
        MCPReply(status: status, body: RPCResponse.error(error, id: id))
    }
}

/// A reply that is here, or that takes waiting.
package enum MCPAnswer: Sendable {
    case now(MCPReply)
    case later(@Sendable () async -> MCPReply)
}
