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
        let end = await stream.run { item in
            // The connection has its own signs of life.
            guard case .result(let response) = item else { return }
            try await send(notification(named: name, response))
        }
        // After a reload the connection stays open: the client learns that it must subscribe again.
        guard end == .draining else { return }
        let message = "The subscription has ended, as the gateway stops or reads other workspaces now; subscribe again."
        try? await send(notification(named: name, .refused(.shuttingDown, message, kind: .requestError)))
    }

    /// The notification that it has ended, as its client may not call any more.
    package func refusal(named name: String) -> [UInt8] {
        let message = "The subscription has ended, as this client may not call any more."
        return notification(named: name, .refused(.unauthenticated, message, kind: .requestError))
    }

    /// Ends it, if nobody runs it.
    package func cancel() { stream.cancel() }

    private func notification(named name: String, _ response: GraphQLResponse) -> [UInt8] {
        var output = OutputBuffer(minimumCapacity: response.body.count + 128)
        output.append("{\"jsonrpc\":\"2.0\",\"method\":")
        output.appendJSONString(notification)
        output.append(utf8Of: ",\"params\":{\"\(SubscriptionMethod.parameter)\":")
        output.appendJSONString(name)
        switch outcome(of: response) {
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

    /// The value of the only field of a response, or an error with the part of it that there is.
    private func outcome(of response: GraphQLResponse) -> RPCOutcome {
        guard let json = try? JSONValue(parsing: response.body) else { return .failed(.gatewayFailed) }
        let value = json["data"]?.objectValue?.values.first
        guard case .array(let errors)? = json["errors"], let first = errors.first else {
            return .result((value ?? .null).serialized())
        }
        let code = first["extensions"]?["code"]?.stringValue ?? ErrorCode.internal.rawValue
        var data = first["extensions"]?.objectValue ?? JSONObject()
        if case .array(let path)? = first["path"] { data["path"] = .array(Array(path.dropFirst())) }
        if errors.count > 1 { data["errors"] = .array(errors) }
        var error = RPCError(
            ErrorCode(code).rpcCode,
            first["message"]?.stringValue ?? "The subscription has failed.",
            data: data
        )
        if let value, !value.isNull { error.partialResult = value.serialized() }
        return .failed(error)
    }
}
