private import JSON
internal import JSONRPC

/// The response to a message, with its HTTP status.
package struct MCPResponse: Sendable {
    package let status: Int
    /// The JSON text; nil: the response has no body.
    package let body: [UInt8]?
    /// The id of the session that begins with this response; nil: none does.
    package var sessionID: String?
    /// The stream that is sent instead of a body; nil: there is none.
    package var notifications: MCPNotifications?
    /// The conditions for sending it again to an equal message with any id; nil: it is not reused.
    package var reuse: ResponseReuse?

    /// The response to a notification.
    static let accepted = MCPResponse(status: 202, body: nil)

    /// The response that is a stream.
    static func stream(_ notifications: MCPNotifications) -> MCPResponse {
        var response = MCPResponse(status: 200, body: nil)
        response.notifications = notifications
        return response
    }

    /// The response to a request that succeeded.
    static func result(_ text: [UInt8], id: RPCID) -> MCPResponse {
        var output = OutputBuffer(minimumCapacity: text.count + 64)
        output.append(rpcResult: text[...], id: id)
        return MCPResponse(status: 200, body: output.array())
    }

    /// The response to a request that failed.
    static func error(_ error: RPCError, status: Int, id: RPCID = .null) -> MCPResponse {
        var output = OutputBuffer(minimumCapacity: 256)
        output.append(rpcError: error, id: id)
        return MCPResponse(status: status, body: output.array())
    }

    /// The response to a batch: an array of the bodies, whatever the statuses are.
    ///
    /// - Parameters:
    ///   - responses: the responses to its messages, in their order.
    ///   - hasRequests: whether any of the messages is a request; if not, the status states that the messages were not accepted.
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
