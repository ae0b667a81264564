internal import GraphQL
internal import JSON
internal import JSONRPC
internal import Upstream

/// A subscription by JSON-RPC, whose events are notifications.
package struct RPCSubscription: Sendable {
    let stream: ResultStream
    /// The method of the notifications.
    let notification: String

    /// Sends notifications until the subscription ends.
    ///
    /// - Parameters:
    ///   - name: what the connection calls it by.
    ///   - send: takes a notification, and returns when it can take the next; throws when the connection has gone.
    package func run(named name: String, _ send: @Sendable ([UInt8]) async throws -> Void) async {
        let write: @Sendable (StreamedResult) -> RPCOutcome = { RPCOutcome($0) }
        let end = await stream.run(writing: write) { item in
            // The connection has its own signs of life.
            guard let outcome = item.output else { return }
            try await send(notification(named: name, outcome))
        }
        // After a reload the connection stays open: the client learns that it must subscribe again.
        guard end == .draining else { return }
        let message = "The subscription has ended, as the gateway stops or reads other workspaces now; subscribe again."
        try? await send(notification(named: name, .failed(Self.end(.shuttingDown, message))))
    }

    /// The notification that it has ended, as its client may not call any more.
    package func refusal(named name: String) -> [UInt8] {
        let message = "The subscription has ended, as this client may not call any more."
        return notification(named: name, .failed(Self.end(.unauthenticated, message)))
    }

    private static func end(_ code: GraphQL.ErrorCode, _ message: String) -> RPCError {
        RPCError(code.rpcCode, message, dataCode: code.rawValue)
    }

    /// Ends it, if nobody runs it.
    package func cancel() { stream.cancel() }

    private func notification(named name: String, _ outcome: RPCOutcome) -> [UInt8] {
        var output = OutputBuffer(minimumCapacity: outcome.byteCount + 128)
        output.append("{\"jsonrpc\":\"2.0\",\"method\":")
        output.appendJSONString(notification)
        output.append(utf8Of: ",\"params\":{\"\(SubscriptionMethod.parameter)\":")
        output.appendJSONString(name)
        switch outcome {
        case .result(let value):
            output.append(",\"result\":")
            output.append(contentsOf: value)
        case .failed(let error):
            output.append(",\"error\":")
            error.write(into: &output)
        }
        output.append("}}")
        return output.array()
    }
}
