internal import Gateway
internal import JSON
internal import NIOCore

/// One operation of a connection, and where its results are written.
struct GraphQLSocketOperation: Sendable {
    let id: String
    let eventLoop: any EventLoop
    /// How many requests may wait at a time.
    let load: LoadLimit
    /// Writes a message on the event loop, and lets a writer go on when the client has taken it; not one of which the client wants no more.
    let writeMessage: @Sendable ([UInt8], CheckedContinuation<Void, any Error>) -> Void
    /// How the connection ends, as its client may not call any more; nil: it may.
    let refusal: @Sendable () -> WebSocketEnd?
    /// Ends the connection; called on the event loop.
    let endConnection: @Sendable (WebSocketEnd) -> Void
    /// Ends the connection once other operations have their responses, as subscriptions have ended; called on the event loop.
    let endSubscriptions: @Sendable () -> Void

    /// Executes the operation of a request; returns when it has ended.
    func run(_ prepared: PreparedRequest, of request: GraphQLRequest) async {
        do {
            if prepared.isFollowed {
                try await follow(prepared)
            } else if let reply = prepared.incrementalReply(to: request) {
                try await send(reply, of: prepared)
            } else {
                try await send(await response(to: prepared))
            }
        } catch {
            // The client wants no more, or is gone.
        }
    }

    private func follow(_ prepared: PreparedRequest) async throws {
        switch prepared.subscribe() {
        case .refused(let response): try await send(response)
        case .stream(let stream):
            let streamEnd = await stream.run { item in
                // The connection's own pings are its signs of life.
                guard let response = item.output else { return }
                if let refusal = refusal() {
                    end(refusal)
                    throw CancellationError()
                }
                try await next(response)
            }
            switch streamEnd {
            case .dropped: try await write("complete", nil)
            // The client connects again, to what is served then or elsewhere.
            case .draining: eventLoop.execute(endSubscriptions)
            case .cancelled: break
            }
        }
    }

    private func end(_ reason: WebSocketEnd) { eventLoop.execute { endConnection(reason) } }

    /// The response of an operation that has one: a client that leaves does not cancel a write.
    private func response(to prepared: PreparedRequest) async -> GraphQLResponse {
        switch prepared.reply() {
        case .now(let response): return response
        case .later(let respond):
            guard let place = load.place() else { return prepared.refusedForLoad }
            defer { withExtendedLifetime(place) {} }
            guard prepared.kind == .mutation else { return await respond() }
            return await Task { [place] in
                defer { withExtendedLifetime(place) {} }
                return await respond()
            }.value
        }
    }

    /// Sends the messages of an operation whose response comes in parts.
    private func send(_ reply: IncrementalReply, of prepared: PreparedRequest) async throws {
        switch reply {
        case .whole(let response): try await send(response)
        case .parts(let delivery):
            guard let place = load.place() else { return try await send(prepared.refusedForLoad) }
            let isComplete = await delivery.deliver(as: .current) { message in try await write("next", message) }
            withExtendedLifetime(place) {}
            if isComplete { try await write("complete", nil) }
        }
    }

    /// Sends the only response of an operation.
    private func send(_ response: GraphQLResponse) async throws {
        guard response.kind == .executed else {
            try await write("error", response.failureList)
            return
        }
        try await next(response)
        try await write("complete", nil)
    }

    private func next(_ response: GraphQLResponse) async throws { try await write("next", response.body) }

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
