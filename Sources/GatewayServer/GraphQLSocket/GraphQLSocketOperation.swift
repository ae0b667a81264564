internal import Gateway
internal import JSON
internal import NIOCore

/// One operation of a connection, and where its results are written.
struct GraphQLSocketOperation: Sendable {
    let id: String
    let eventLoop: any EventLoop
    /// Writes a message on the event loop, and lets a writer go on when the client has taken it.
    let writeMessage: @Sendable ([UInt8], CheckedContinuation<Void, any Error>) -> Void
    /// How the connection ends, as its client may not call any more; nil: it may.
    let refusal: @Sendable () -> GraphQLSocketEnd?
    /// Ends the connection; called on the event loop.
    let endConnection: @Sendable (GraphQLSocketEnd) -> Void

    /// Executes the operation of a request; returns when it has ended.
    func run(_ prepared: PreparedRequest, of request: GraphQLRequest) async {
        do {
            if prepared.isFollowed {
                switch prepared.subscribe() {
                case .refused(let response): try await send(response)
                case .stream(let stream):
                    let streamEnd = await stream.run { item in
                        // The connection's own pings are its signs of life.
                        guard case .result(let response) = item else { return }
                        if let refusal = refusal() {
                            end(refusal)
                            throw CancellationError()
                        }
                        try await next(response)
                    }
                    switch streamEnd {
                    case .dropped: try await write("complete", nil)
                    // The client connects again, to what is served then or elsewhere.
                    case .draining: end(.subscriptionsEnd)
                    case .cancelled: break
                    }
                }
            } else if let reply = prepared.incrementalReply(to: request) {
                try await send(reply)
            } else {
                try await send(await response(to: prepared))
            }
        } catch {
            // The connection is closed.
        }
    }

    private func end(_ reason: GraphQLSocketEnd) { eventLoop.execute { endConnection(reason) } }

    /// The response of an operation that has one: a client that leaves does not cancel a write.
    private func response(to prepared: PreparedRequest) async -> GraphQLResponse {
        guard prepared.kind == .mutation else { return await prepared.reply().value() }
        return await Task { await prepared.reply().value() }.value
    }

    /// Sends the messages of an operation whose response comes in parts.
    private func send(_ reply: IncrementalReply) async throws {
        switch reply {
        case .whole(let response): try await send(response)
        case .parts(let delivery):
            let isComplete = await delivery.deliver(as: .current) { message in
                try Task.checkCancellation()
                try await write("next", message)
            }
            if isComplete, !Task.isCancelled { try await write("complete", nil) }
        }
    }

    /// Sends the only response of an operation.
    private func send(_ response: GraphQLResponse) async throws {
        guard response.kind == .executed else {
            try await write("error", response.failureList)
            return
        }
        try await next(response)
        if !Task.isCancelled { try await write("complete", nil) }
    }

    private func next(_ response: GraphQLResponse) async throws {
        try Task.checkCancellation()
        try await write("next", response.body)
    }

    /// Writes a message; returns when the client's side has taken it.
    private func write(_ type: String, _ payload: [UInt8]?) async throws {
        var text = Array("{\"id\":".utf8) + JSONValue.string(id).serialized() + Array(",\"type\":\"\(type)\"".utf8)
        if let payload { text += Array(",\"payload\":".utf8) + payload }
        text.append(UInt8(ascii: "}"))
        try await withCheckedThrowingContinuation { (writer: CheckedContinuation<Void, any Error>) in
            eventLoop.execute { [text] in writeMessage(text, writer) }
        }
    }
}
