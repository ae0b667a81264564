internal import Gateway
internal import NIOCore

extension HTTP1ConnectionHandler {
    /// Sends a stored response, on behalf of a handler in front of this one, while the connection is idle.
    ///
    /// - Parameters:
    ///   - response: the response.
    ///   - timeLeft: the time for which it is still valid.
    ///   - requestBytes: the length of the request in bytes.
    ///   - context: the context of the handler in front.
    func sendAgain(
        _ response: RepeatedResponse,
        timeLeft: Duration,
        requestBytes: Int,
        _ context: ChannelHandlerContext
    ) {
        monitor.messageDidEnd()
        send(response, timeLeft: timeLeft, startedAt: response.now, context)
    }

    private func send(
        _ response: RepeatedResponse,
        timeLeft: Duration?,
        startedAt: ContinuousClock.Instant,
        _ context: ChannelHandlerContext
    ) {
        touch()
        var head = context.channel.allocator.buffer(capacity: ByteBuffer.headCapacity)
        response.writeHead(into: &head, date: date.now(), timeLeft: timeLeft, startedAt: startedAt)
        context.write(NIOAny(head), promise: nil)
        context.writeAndFlush(NIOAny(response.body), promise: nil)
    }

    /// Begins to wait for the response to an equal request, while the connection is idle.
    func beginWaiting(requestBytes: Int) {
        touch()
        monitor.messageDidEnd()
        monitor.setWaitsForClient(false)
        machine.wait()
    }

    /// Sends the response to an equal request, on behalf of a handler in front of this one; returns false if it cannot be sent unchanged.
    func endWaiting(
        with response: RepeatedResponse,
        since startedAt: ContinuousClock.Instant,
        _ context: ChannelHandlerContext
    ) -> Bool {
        guard !monitor.isServerStopping, outbound.isEmpty, machine.endWaiting() else { return false }
        monitor.setWaitsForClient(true)
        send(response, timeLeft: nil, startedAt: startedAt, context)
        if let own = self.context { proceed(own) }
        return true
    }

    /// Sends the response to an equal request.
    func endWaiting(with response: HTTPResponse, since startedAt: ContinuousClock.Instant) {
        guard let context, let repetition = response.repetition else { return }
        var response = response
        let request = RepeatedRequest(
            id: repetition.makesRequestID ? nil : response.requestID,
            startedAt: startedAt,
            responseBytes: response.body.count ?? 0
        )
        if repetition.makesRequestID { response.requestID = request.id }
        repetition.note(request)
        respond(with: response)
        proceed(context)
    }

    /// Ends the wait without a response; the request is decoded instead.
    func stopWaiting() { machine.stopWaiting() }
}

extension HTTPResponse {
    /// The request id in the header fields.
    fileprivate var requestID: String? {
        get { headers.last { $0.name == "x-request-id" }?.value }
        set {
            guard let newValue, let position = headers.lastIndex(where: { $0.name == "x-request-id" }) else { return }
            headers[position].value = newValue
        }
    }
}
