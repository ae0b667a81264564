internal import Gateway
internal import JSON
internal import NIOCore
private import NIOWebSocket

extension GraphQLSocket {
    /// A running subscription or live query.
    struct FollowedOperation {
        /// Distinguishes it from other operations with the same id.
        let number: Int
        let results: ResultStream
        /// The bytes of its message, whose request lasts as long.
        let byteCount: Int
    }

    /// Begins a subscription or live query, which is already counted in `running`.
    func follow(_ prepared: PreparedRequest, _ id: String, _ number: Int, _ byteCount: Int) {
        let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
        let receiver = GraphQLSocketReceiver(bound, id, number)
        switch prepared.subscribe(StreamOutlet(receiver, on: executor)) {
        case .stream(let results):
            followed[ExactString(id)] = FollowedOperation(number: number, results: results, byteCount: byteCount)
            monitor.changeUse(by: byteCount)
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

    /// Ends the subscription or live query of an id, if there is one.
    func endFollowed(_ id: String) {
        guard let operation = followed.removeValue(forKey: ExactString(id)) else { return }
        backlogs[ExactString(id)] = nil
        running -= 1
        monitor.changeUse(by: -operation.byteCount)
        operation.results.cancel()
    }

    /// Ends all subscriptions and live queries.
    func endAllFollowed() {
        for id in followed.keys.map(\.string) { endFollowed(id) }
        takers = []
    }

    // MARK: - Results

    /// Handles an event of a subscription or live query; queues it until the client has read what was sent.
    func receive(_ event: StreamEvent, of id: String, _ number: Int) {
        // An event may arrive just after the operation has ended.
        guard let operation = followed[ExactString(id)], operation.number == number else { return }
        if backlogs[ExactString(id)] == nil, connection?.takesMore ?? false {
            act(on: event, of: id, operation)
        } else {
            hold(event, of: id, operation)
        }
    }

    /// Flushes the received results.
    func didReceive() { connection?.repliesDidComplete() }

    private func hold(_ event: StreamEvent, of id: String, _ operation: FollowedOperation) {
        backlogs[ExactString(id), default: StreamBacklog()].add(event, orDropFor: operation.results.tooSlow)
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
            // The client connects again, to the new configuration or to another instance.
            connection?.drain(.subscriptionsEnd)
        case .end(.dropped), .end(.cancelled):
            send(GraphQLSocketReply.completion(of: id))
            endFollowed(id)
        }
    }

    /// Sends a result; if the client is no longer authorized, ends the connection and returns false.
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
            // Long results are not copied for each connection.
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

    /// Sends queued events, as the client has read what was sent.
    func sendBacklogs() {
        let taken = takers
        takers = []
        for results in taken { results.didTake() }
        for id in backlogs.keys.map(\.string) {
            while connection?.takesMore ?? false, let operation = followed[ExactString(id)],
                var backlog = backlogs[ExactString(id)]
            {
                // Removed from the table, so that its changes copy nothing.
                backlogs[ExactString(id)] = nil
                guard let event = backlog.takeFirst() else { break }
                act(on: event, of: id, operation)
                if followed[ExactString(id)]?.number == operation.number, !backlog.isEmpty {
                    backlogs[ExactString(id)] = backlog
                }
            }
        }
    }
}
