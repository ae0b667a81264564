internal import Gateway
internal import NIOCore
private import NIOWebSocket

extension GraphQLSocket {
    /// An operation that has results as long as it is followed.
    struct FollowedOperation {
        /// Distinguishes it from others of the same id.
        let number: Int
        let results: ResultStream
    }

    /// Begins an operation that is followed; it counts as running already.
    func follow(_ prepared: PreparedRequest, _ id: String, _ number: Int) {
        let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
        let receiver = GraphQLSocketReceiver(bound, id, number)
        switch prepared.subscribe(StreamOutlet(receiver, on: executor)) {
        case .stream(let results): followed[id] = FollowedOperation(number: number, results: results)
        case .refused(let response):
            running -= 1
            if response.kind == .executed {
                send(GraphQLSocketReply.bytes(.next, of: id, payload: response.body))
                send(GraphQLSocketReply.completion(of: id))
            } else {
                send(GraphQLSocketReply.bytes(.error, of: id, payload: response.failureList))
            }
        }
    }

    /// Ends an operation that is followed, if there is one of that id.
    func endFollowed(_ id: String) {
        guard let operation = followed.removeValue(forKey: id) else { return }
        backlogs[id] = nil
        running -= 1
        operation.results.cancel()
    }

    /// Ends all operations that are followed.
    func endAllFollowed() {
        for id in Array(followed.keys) { endFollowed(id) }
        takers = []
    }

    // MARK: - Results

    /// Takes what happens to an operation that is followed; it waits until the client has taken what was sent.
    func receive(_ event: StreamEvent, of id: String, _ number: Int) {
        // A result may come when the operation has just ended.
        guard let operation = followed[id], operation.number == number else { return }
        if backlogs[id] == nil, connection?.takesMore ?? false {
            act(on: event, of: id, operation)
        } else {
            hold(event, of: id, operation)
        }
    }

    /// What was received leaves.
    func didReceive() { connection?.repliesDidComplete() }

    private func hold(_ event: StreamEvent, of id: String, _ operation: FollowedOperation) {
        backlogs[id, default: StreamBacklog()].add(event, orDropFor: operation.results.tooSlow)
    }

    private func act(on event: StreamEvent, of id: String, _ operation: FollowedOperation) {
        switch event {
        case .result(let result):
            guard send(result, of: id, operation) else { return }
            if operation.results.isPaced { takers.append(operation.results) }
        case .failure(let result):
            guard send(result, of: id, operation) else { return }
            send(GraphQLSocketReply.completion(of: id))
            endFollowed(id)
        case .end(.draining):
            endFollowed(id)
            // The client connects again, to what is served then or elsewhere.
            connection?.drain(.subscriptionsEnd)
        case .end(.dropped), .end(.cancelled):
            send(GraphQLSocketReply.completion(of: id))
            endFollowed(id)
        }
    }

    /// Sends a result, unless the client may not call any more: then the connection ends.
    private func send(_ result: StreamedResult, of id: String, _ operation: FollowedOperation) -> Bool {
        guard let connection else { return false }
        if let refusal = access.refusal {
            connection.end(refusal)
            return false
        }
        operation.results.note(result)
        if result.body.count <= OutboundQueue.sliceBytes {
            let frame = executor.share.frame.bytes(of: result, to: id) { Self.frame(of: result, to: id) }
            connection.send(frame: frame)
        } else {
            // What is long is not copied for each connection.
            let prefix = GraphQLSocketReply.prefix(.next, of: id)
            connection.send(result.body, after: prefix, before: GraphQLSocketReply.suffix)
        }
        return true
    }

    private static func frame(of result: StreamedResult, to id: String) -> ByteBuffer {
        let message = GraphQLSocketReply.bytes(.next, of: id, payload: result.body)
        var frame = WebSocketFrameHead.bytes(.text, length: message.count)
        frame.writeBytes(message)
        return frame
    }

    /// The client has taken what was sent: sends what has waited for that.
    func sendBacklogs() {
        let taken = takers
        takers = []
        for results in taken { results.didTake() }
        for id in Array(backlogs.keys) {
            while connection?.takesMore ?? false, let operation = followed[id], var backlog = backlogs[id] {
                // Taken out, so that it is not copied.
                backlogs[id] = nil
                guard let event = backlog.takeFirst() else { break }
                act(on: event, of: id, operation)
                if followed[id]?.number == operation.number, !backlog.isEmpty { backlogs[id] = backlog }
            }
        }
    }
}
