/// What a scripted server does about a request, step by step: any bytes at any pace, well-formed or not.
package struct ScriptedAnswer: Sendable, Equatable {
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

    /// What the server does, in order.
    ///
    /// After the last step it serves the connection's next request.
    package var steps: [Step]

    /// Does these steps.
    package init(_ steps: [Step]) {
        self.steps = steps
    }

    /// A well-formed answer, with the headers it needs and those given.
    package static func http(
        _ status: Int = 200,
        headers: [(name: String, value: String)] = [("Content-Type", "application/json")],
        body: String
    ) -> ScriptedAnswer {
        let fields = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        let head = "HTTP/1.1 \(status) \(HTTPStatusText.phrase(status))\r\n\(fields)"
        return .text("\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// An answer whose `Content-Length` says `length`; the connection closes when the body is sent.
    package static func http(claimingLength length: Int, body: String) -> ScriptedAnswer {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(length)\r\n\r\n"
        return text(head + body).thenClose()
    }

    /// Exactly this text.
    package static func text(_ text: String) -> ScriptedAnswer {
        ScriptedAnswer([.send(Array(text.utf8))])
    }

    /// No byte, ever, on an open connection.
    package static let never = ScriptedAnswer([.hang])

    /// The connection closes without a byte.
    package static let closed = ScriptedAnswer([.close])

    /// The connection is reset without a byte.
    package static let reset = ScriptedAnswer([.reset])

    /// The same, and then the connection closes.
    package func thenClose() -> ScriptedAnswer {
        ScriptedAnswer(steps + [.close])
    }

    /// The same, and then nothing more comes on the open connection.
    package func thenHang() -> ScriptedAnswer {
        ScriptedAnswer(steps + [.hang])
    }

    /// The same after a pause.
    package func after(_ pause: Duration) -> ScriptedAnswer {
        ScriptedAnswer([.pause(pause)] + steps)
    }

    /// The same bytes, in pieces of `size` with a pause between them.
    package func trickling(_ size: Int, every pause: Duration) -> ScriptedAnswer {
        let pieces = steps.map { step in
            guard case .send(let bytes) = step else { return [step] }
            let starts = stride(from: 0, to: bytes.count, by: max(1, size))
            return starts.flatMap { [.send(Array(bytes[$0...].prefix(max(1, size)))), Step.pause(pause)] }
        }
        return ScriptedAnswer(pieces.flatMap(\.self))
    }

    /// Only the first `count` bytes, and then the connection closes.
    package func cut(after count: Int) -> ScriptedAnswer {
        let bytes = steps.flatMap { step -> [UInt8] in
            if case .send(let bytes) = step { bytes } else { [] }
        }
        return ScriptedAnswer([.send(Array(bytes.prefix(count))), .close])
    }
}
