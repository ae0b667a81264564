import GatewayServer
import GatewayTestSupport
import JSON
import Testing

extension WebSocketClient {
    /// Opens a WebSocket of `graphql-transport-ws`, which the gateway acknowledges.
    ///
    /// - Parameters:
    ///   - address: the gateway's.
    ///   - fields: header fields of the opening request.
    ///   - payload: what the first message brings.
    /// - Returns: the client.
    /// - Throws: if there is no connection, or no acknowledgement.
    static func graphQL(
        to address: ListenAddress,
        _ fields: String = "",
        payload: JSONValue? = nil
    ) async throws -> WebSocketClient {
        let protocolField = "Sec-WebSocket-Protocol: graphql-ws, graphql-transport-ws\r\n"
        let client = try await WebSocketClient(to: address, protocolField + fields, path: "/graphql")
        var message: JSONObject = ["type": "connection_init"]
        if let payload { message["payload"] = payload }
        client.send(String(decoding: JSONValue.object(message).serialized(), as: UTF8.self))
        #expect(await client.next() == .text(#"{"type":"connection_ack"}"#))
        return client
    }

    /// Sends an operation.
    func subscribe(_ id: String, _ query: String) {
        let message: JSONValue = ["id": .string(id), "type": "subscribe", "payload": ["query": .string(query)]]
        send(String(decoding: message.serialized(), as: UTF8.self))
    }

    /// Sends a ping, and waits for its pong: whatever was sent before has been taken then.
    func ping() async {
        send(#"{"type":"ping"}"#)
        #expect(await next() == .text(#"{"type":"pong"}"#))
    }

    /// The next message as JSON.
    func nextJSON() async throws -> JSONValue { try JSONValue(parsing: await next()?.payload ?? []) }
}
