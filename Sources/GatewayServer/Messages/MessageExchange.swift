private import DequeModule
internal import Gateway
internal import NIOCore

/// The calls of one connection: begun in the order of arrival, a limited number at a time, with responses sent as they
/// ready.
///
/// Confined to the connection's event loop.
final class MessageExchange {
    private let endpoint: any MessageHandler
    private var access: ConnectionAuthenticator
    private let maximumOutstanding: Int
    private let executor: EventLoopExecutor
    private let monitor: ConnectionMonitor
    private var outstanding = 0
    private var waiting = Deque<[UInt8]>()
    private var isBeginning = false
    /// Where responses go; nil once the connection is gone: calls go on without it, as their cost is already spent.
    weak var carrier: (any MessageChannel)?

    /// Makes the exchange of a connection.
    ///
    /// - Parameters:
    ///   - endpoint: what responds to messages.
    ///   - callers: in whose name messages are called, unless the connection says it; nil: it must.
    ///   - directory: the clients that may call at this time; nil: callers are not asked who they are.
    ///   - address: that of the connection's other end.
    ///   - limits: what the connection may take up.
    ///   - executor: runs calls on the connection's event loop.
    ///   - monitor: learns what the connection takes up.
    init(
        endpoint: any MessageHandler,
        callers: (@Sendable () -> Caller?)?,
        directory: @escaping @Sendable () -> ClientDirectory? = { nil },
        address: String? = nil,
        limits: MessageLimits,
        executor: EventLoopExecutor,
        monitor: ConnectionMonitor
    ) {
        self.endpoint = endpoint
        access = ConnectionAuthenticator(
            callers: callers,
            directory: directory,
            address: address,
            limits: limits.message
        )
        maximumOutstanding = limits.maximumOutstanding
        self.executor = executor
        self.monitor = monitor
    }

    /// The address of the connection's other end, if it has one.
    var peerAddress: String? {
        get { access.address }
        set { access.address = newValue }
    }

    /// Whether all messages have their responses.
    var isIdle: Bool { outstanding == 0 && waiting.isEmpty }

    /// Whether another message would be begun at once.
    var hasRoom: Bool { waiting.isEmpty && mayBegin }

    private var mayBegin: Bool { outstanding < maximumOutstanding && carrier?.takesReplies ?? true }

    /// Takes a message; it waits if there is no room.
    func take(_ message: [UInt8]) {
        waiting.append(message)
        begin()
    }

    /// Begins what waits, as far as there is room.
    func resume() { begin() }

    /// Forgets what has not begun.
    func stop() {
        waiting.removeAll()
        carrier = nil
    }

    private func begin() {
        guard !isBeginning else { return }
        isBeginning = true
        defer { isBeginning = false }
        while mayBegin, let message = waiting.popFirst() {
            switch access.authorize(message) {
            case .reply(let response): response.map { carrier?.send($0) }
            case .forward(let caller): call(message, caller)
            }
        }
    }

    private func call(_ message: [UInt8], _ caller: Caller) {
        var caller = caller
        // A connection carries many requests.
        caller.setRequestID(Caller.requestID())
        caller.becomeMessage()
        switch endpoint.respond(to: message, caller: caller) {
        case .now(let reply):
            if let body = reply.body { carrier?.send(body) }
        case .later(let respond):
            outstanding += 1
            monitor.changeUse(by: message.count)
            let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
            // Runs here and now until something has to be waited for.
            Task.immediate(executorPreference: executor) {
                let reply = await respond()
                bound.value.end(reply, of: message.count)
            }
        }
    }

    private func end(_ reply: RPCResponse, of messageBytes: Int) {
        outstanding -= 1
        monitor.changeUse(by: -messageBytes)
        if let body = reply.body { carrier?.send(body) }
        begin()
        carrier?.repliesDidComplete()
    }
}
