internal import Gateway
internal import JSON
internal import NIOCore

/// A query or mutation of a connection, which sends its own responses.
struct GraphQLSocketOperation: Sendable {
    let id: String
    let eventLoop: any EventLoop
    /// The limit of waiting requests.
    let load: LoadLimit
    /// Sends a message on the event loop, and resumes the writer when the client has read it; it throws if the operation is cancelled.
    let writeMessage: @Sendable ([UInt8], CheckedContinuation<Void, any Error>) -> Void

    /// Executes the operation of a request; returns when it has ended.
    func run(_ prepared: PreparedRequest, of request: GraphQLRequest) async {
        do {
            if let reply = prepared.incrementalReply(to: request) {
                try await send(reply, of: prepared)
            } else {
                try await send(await response(to: prepared))
            }
        } catch {
            // The client has cancelled the operation, or has left.
        }
    }

    /// The response to an operation with a single one; a client that leaves does not cancel a write.
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

    /// Sends the messages of a response in parts.
    private func send(_ reply: IncrementalReply, of prepared: PreparedRequest) async throws {
        switch reply {
        case .whole(let response): try await send(response)
        case .parts(let delivery):
            guard let place = load.place() else { return try await send(prepared.refusedForLoad) }
            let isComplete = await delivery.deliver(as: .current) { message in try await next(message) }
            withExtendedLifetime(place) {}
            if isComplete { try await complete() }
        }
    }

    /// Sends the only response of an operation.
    private func send(_ response: GraphQLResponse) async throws {
        guard response.kind == .executed else {
            return try await write(GraphQLSocketReply.bytes(.error, of: id, payload: response.failureList))
        }
        try await next(response.body)
        try await complete()
    }

    private func next(_ payload: [UInt8]) async throws {
        try await write(GraphQLSocketReply.bytes(.next, of: id, payload: payload))
    }

    private func complete() async throws { try await write(GraphQLSocketReply.completion(of: id)) }

    /// Sends a message; returns when the client has read it.
    private func write(_ text: [UInt8]) async throws {
        try await withCheckedThrowingContinuation { (writer: CheckedContinuation<Void, any Error>) in
            eventLoop.execute { writeMessage(text, writer) }
        }
    }
}
