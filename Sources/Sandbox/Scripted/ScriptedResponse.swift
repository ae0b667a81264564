/// A scripted server's reaction to a request, step by step: any bytes at any pace, well-formed or not.
package struct ScriptedResponse: Sendable, Equatable {
    /// One thing that the server does.
    package enum Step: Sendable, Equatable {
        /// Sends bytes.
        case send([UInt8])
        /// Waits before the next step.
        case pause(Duration)
        /// Closes the connection.
        case close
        /// Resets the connection.
        case reset
        /// Does nothing more on this connection, and keeps it open.
        case hang
    }

    /// The steps, in order.
    ///
    /// After the last step it serves the connection's next request.
    package var steps: [Step]

    /// Does these steps.
    package init(_ steps: [Step]) {
        self.steps = steps
    }

    /// A well-formed response, with the headers it needs and those given.
    package static func http(
        _ status: Int = 200,
        headers: [(name: String, value: String)] = [("Content-Type", "application/json")],
        body: String
    ) -> ScriptedResponse {
        let fields = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        let head = "HTTP/1.1 \(status) \(HTTPStatusText.phrase(status))\r\n\(fields)"
        return .text("\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// A response whose `Content-Length` is `length`; the connection closes when the body has been sent.
    package static func http(claimingLength length: Int, body: String) -> ScriptedResponse {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(length)\r\n\r\n"
        return text(head + body).thenClose()
    }

    /// Exactly this text.
    package static func text(_ text: String) -> ScriptedResponse {
        ScriptedResponse([.send(Array(text.utf8))])
    }

    /// No response, on a connection that stays open.
    package static let never = ScriptedResponse([.hang])

    /// The connection closes without a byte.
    package static let closed = ScriptedResponse([.close])

    /// The connection is reset without a byte.
    package static let reset = ScriptedResponse([.reset])

    /// Returns this response, followed by the end of the connection.
    package func thenClose() -> ScriptedResponse {
        ScriptedResponse(steps + [.close])
    }

    /// Returns this response after a pause.
    package func after(_ pause: Duration) -> ScriptedResponse {
        ScriptedResponse([.pause(pause)] + steps)
    }

    /// Returns this response in pieces of `size` bytes with a pause after each.
    package func trickling(_ size: Int, every pause: Duration) -> ScriptedResponse {
        let pieces = steps.map { step in
            guard case .send(let bytes) = step else { return [step] }
            let starts = stride(from: 0, to: bytes.count, by: max(1, size))
            return starts.flatMap { [.send(Array(bytes[$0...].prefix(max(1, size)))), Step.pause(pause)] }
        }
        return ScriptedResponse(pieces.flatMap(\.self))
    }

    /// Only the first `count` bytes, and then the connection closes.
    package func cut(after count: Int) -> ScriptedResponse {
        let bytes = steps.flatMap { step -> [UInt8] in
            if case .send(let bytes) = step { bytes } else { [] }
        }
        return ScriptedResponse([.send(Array(bytes.prefix(count))), .close])
    }
}
