internal import NIOCore

/// What the streams of one HTTP/2 connection share.
///
/// Confined to the connection's event loop.
final class HTTP2Connection {
    let endpoint: any Endpoint
    let limits: ConnectionLimits
    let executor: EventLoopExecutor
    let monitor: ConnectionMonitor
    /// The address that requests come from; nil over a Unix socket.
    let peerAddress: String?
    private let channel: any Channel
    private var date = HTTPDate()
    /// The streams whose requests have not arrived completely.
    private var arriving: [ObjectIdentifier: HTTP2StreamHandler] = [:]
    /// The streams whose requests have arrived, and whose responses have not been handed over.
    private var serving = 0
    private var unread: [ObjectIdentifier: Int] = [:]
    private var unreadTotal = 0
    private var blockedBytes = 0
    private var openStreams = 0
    private var stopsWhenIdle = false
    /// Called when the connection is to take no more streams.
    var stopRequested: (() -> Void)?
    /// Called when no stream is open any more.
    var lastStreamDidEnd: (() -> Void)?

    init(
        _ channel: any Channel,
        endpoint: any Endpoint,
        limits: ConnectionLimits,
        executor: EventLoopExecutor,
        monitor: ConnectionMonitor
    ) {
        self.channel = channel
        self.endpoint = endpoint
        self.limits = limits
        self.executor = executor
        self.monitor = monitor
        peerAddress = channel.remoteAddress?.ipAddress
        monitor.setWaitsForClient(true)
    }

    /// The value of `Date`.
    func currentDate() -> String { date.now() }

    // MARK: - Streams

    /// Whether no stream is open.
    var isIdle: Bool { openStreams == 0 }

    /// A stream is open, and its request arrives.
    func streamDidBegin(_ stream: HTTP2StreamHandler) {
        openStreams += 1
        arriving[ObjectIdentifier(stream)] = stream
    }

    /// A stream is closed.
    func streamDidEnd(_ stream: HTTP2StreamHandler) {
        requestDidEnd(stream)
        openStreams -= 1
        guard openStreams == 0 else { return }
        if stopsWhenIdle { stopRequested?() }
        lastStreamDidEnd?()
    }

    /// A request has arrived, or does not arrive any more.
    func requestDidEnd(_ stream: HTTP2StreamHandler) {
        guard arriving.removeValue(forKey: ObjectIdentifier(stream)) != nil, arriving.isEmpty else { return }
        // What belongs to no request, such as frames of control, takes up no memory any more.
        monitor.forgetIncomplete()
    }

    /// A request is being served.
    func servingDidBegin() {
        serving += 1
        monitor.setWaitsForClient(false)
    }

    /// A response has been handed over, or its client is gone.
    func servingDidEnd() {
        serving -= 1
        if serving == 0 { monitor.setWaitsForClient(true) }
    }

    /// What has arrived of all connections' requests is too much: those that have not arrived completely are refused.
    func refuseArriving() {
        for stream in arriving.values { stream.refuse(.overloaded) }
        monitor.forgetIncomplete()
    }

    /// The connection ends when it next has no open stream.
    ///
    /// Not before: some clients take what follows GOAWAY for an error, even the responses that they wait for.
    func stopWhenIdle() {
        stopsWhenIdle = true
    }
}

extension HTTP2Connection: UnreadCounting {
    func setUnread(_ bytes: Int, _ stream: any Channel) {
        let key = ObjectIdentifier(stream)
        unreadTotal += bytes - (unread[key] ?? 0)
        unread[key] = bytes > 0 ? bytes : nil
        monitor.setUnread(unreadTotal + blockedBytes, channel)
    }

    /// Sets whether the client leaves unread what the connection itself has to say.
    func setTransportBlocked(_ isBlocked: Bool) {
        blockedBytes = isBlocked ? OutboundQueue.sliceBytes : 0
        monitor.setUnread(unreadTotal + blockedBytes, channel)
    }
}
