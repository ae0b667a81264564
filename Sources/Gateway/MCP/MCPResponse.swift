private import JSON
internal import JSONRPC

/// The response to a message, and the status that it has over HTTP.
package struct MCPResponse: Sendable {
    package let status: Int
    /// The JSON text; nil if there is nothing to say.
    package let body: [UInt8]?
    /// The id of the session that begins with it; nil: none does.
    package var sessionID: String?
    /// The stream that the response is in place of a body; nil: it is none.
    package var notifications: MCPNotifications?
    /// What has to be known to send it again to an equal message, whatever its id is; nil: it is not to be used again.
    package var reuse: ResponseReuse?

    /// A notification has been taken.
    static let accepted = MCPResponse(status: 202, body: nil)

    /// The response is a stream.
    static func stream(_ notifications: MCPNotifications) -> MCPResponse {
        var response = MCPResponse(status: 200, body: nil)
        response.notifications = notifications
        return response
    }

    /// The response of a request that succeeded.
    static func result(_ text: [UInt8], id: RPCID) -> MCPResponse {
        var output = OutputBuffer(minimumCapacity: text.count + 64)
        output.append(rpcResult: text[...], id: id)
        return MCPResponse(status: 200, body: output.array())
    }

    /// The response of a request that failed.
    static func error(_ error: RPCError, status: Int, id: RPCID = .null) -> MCPResponse {
        var output = OutputBuffer(minimumCapacity: 256)
        output.append(rpcError: error, id: id)
        return MCPResponse(status: status, body: output.array())
    }

    /// The response to a batch: an array of those that have a body, whatever their statuses would be alone.
    ///
    /// - Parameters:
    ///   - responses: those to its messages, in their order.
    ///   - hasRequests: whether any of the messages is a request; without one the status says that messages were not accepted.
    /// - Returns: the response.
    static func batch(_ responses: [MCPResponse], hasRequests: Bool) -> MCPResponse {
        let bodies = responses.compactMap(\.body)
        guard !bodies.isEmpty else { return .accepted }
        let separator = [UInt8(ascii: ",")]
        return MCPResponse(
            status: hasRequests ? 200 : 400,
            body: [UInt8(ascii: "[")] + Array(bodies.joined(separator: separator)) + [UInt8(ascii: "]")]
        )
    }
}
