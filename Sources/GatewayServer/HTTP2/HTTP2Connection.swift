internal import NIOCore

/// The state that the streams of one HTTP/2 connection share.
///
/// Confined to the connection's event loop.
final class HTTP2Connection {
    let endpoint: any Endpoint
    let limits: ConnectionLimits
    let executor: EventLoopExecutor
    let monitor: ConnectionMonitor
    /// The IP address of the peer; nil: the connection is a Unix socket.
    let peerAddress: String?
    private let channel: any Channel
    private var date = HTTPDate()
    /// The streams whose requests are incomplete.
    private var arriving: [ObjectIdentifier: HTTP2StreamHandler] = [:]
    /// The number of streams with a complete request whose response is not written yet.
    private var serving = 0
    private var unread: [ObjectIdentifier: Int] = [:]
    private var unreadTotal = 0
    private var blockedBytes = 0
    private var openStreams = 0
    private var stopsWhenIdle = false
    /// Called when the connection should accept no more streams.
    var stopRequested: (() -> Void)?
    /// Called when the last open stream has ended.
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
        // Control frames take no memory, and streams end in any order.
        monitor.countStreams()
    }

    /// The value of `Date`.
    func currentDate() -> String { date.now() }

    // MARK: - Streams

    /// Whether no stream is open.
    var isIdle: Bool { openStreams == 0 }

    /// Notes that a stream is open whose request arrives.
    func streamDidBegin(_ stream: HTTP2StreamHandler) {
        openStreams += 1
        arriving[ObjectIdentifier(stream)] = stream
    }

    /// Notes that a stream is closed.
    func streamDidEnd(_ stream: HTTP2StreamHandler) {
        requestDidEnd(stream)
        openStreams -= 1
        guard openStreams == 0 else { return }
        if stopsWhenIdle { stopRequested?() }
        lastStreamDidEnd?()
    }

    /// Notes that a request is complete, or will never be.
    func requestDidEnd(_ stream: HTTP2StreamHandler) {
        arriving[ObjectIdentifier(stream)] = nil
    }

    /// Notes that a request is being executed.
    func servingDidBegin() {
        serving += 1
        monitor.setWaitsForClient(false)
    }

    /// Notes that a response has been written, or that its client has left.
    func servingDidEnd() {
        serving -= 1
        if serving == 0 { monitor.setWaitsForClient(true) }
    }

    /// Refuses incomplete requests, as the budget for bytes of requests, across all connections, is exhausted.
    func refuseArriving() {
        for stream in arriving.values { stream.refuse(.overloaded) }
    }

    /// Makes the connection end when it next has no open stream.
    ///
    /// Not earlier: some clients treat any frame after GOAWAY as an error, even the responses that they wait for.
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

    /// Sets whether the client does not read the connection's own frames.
    func setTransportBlocked(_ isBlocked: Bool) {
        blockedBytes = isBlocked ? OutboundQueue.sliceBytes : 0
        monitor.setUnread(unreadTotal + blockedBytes, channel)
    }
}
