private import DequeModule
internal import Gateway
private import JSON
private import JSONRPC
internal import NIOCore

/// The calls of one connection, which begin in the order of their messages, up to a limit at a time; each response is sent when it is
/// ready.
///
/// Confined to the connection's event loop.
final class MessageExchange {
    private let endpoint: any MessageHandler
    private var access: ConnectionAuthenticator
    private let maximumOutstanding: Int
    /// The time after which a WebSocket without a known caller is closed.
    let namingTimeout: TimeAmount
    let executor: EventLoopExecutor
    private let monitor: ConnectionMonitor
    private var outstanding = 0
    private var waiting = Deque<[UInt8]>()
    private var isBeginning = false
    /// Whether a long message is being parsed on another thread; later messages wait for it.
    private var isReadingLong = false
    private var isDraining = false
    /// Whether a message was passed on to the handler.
    private var hasForwarded = false
    /// The timer that closes the connection if its caller is still unknown.
    var naming: Scheduled<Void>?
    private var subscriptions: [String: Subscription] = [:]
    private var lastSubscription = 0
    /// The memory that the keys of the connection take, as it is counted, in bytes.
    private var keyBytes = 0
    /// The connection; nil once it is closed: calls continue without it, as upstream calls for them are made already.
    weak var carrier: (any MessageChannel)?

    /// Makes the exchange of a connection.
    ///
    /// - Parameters:
    ///   - endpoint: handles the messages.
    ///   - callers: returns the caller of a connection that has not called `auth`; nil: it has to.
    ///   - directory: returns the clients that may call at this time; nil: clients do not authenticate.
    ///   - address: the IP address of the peer.
    ///   - limits: the limits of the connection.
    ///   - executor: runs calls on the connection's event loop.
    ///   - monitor: counts the bytes of messages.
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
        namingTimeout = limits.namingTimeout
        self.executor = executor
        self.monitor = monitor
    }

    /// The IP address of the peer; nil: it is unknown.
    var peerAddress: String? {
        get { access.address }
        set { access.address = newValue }
    }

    /// Whether the caller is unknown: the connection has neither sent a key or token, nor a message that is allowed without.
    var isNobodys: Bool {
        guard let caller = access.caller else { return true }
        return !hasForwarded && caller.isAnonymous && caller.client == nil
    }

    /// Whether all messages have their responses.
    var isIdle: Bool { outstanding == 0 && waiting.isEmpty && !isReadingLong }

    /// Whether notifications may be sent at any time.
    var isSubscribed: Bool { !subscriptions.isEmpty }

    /// Whether the connection only waits for its client.
    var waitsForClient: Bool { isIdle && !isSubscribed }

    /// Whether another message would be handled at once.
    var hasRoom: Bool { waiting.isEmpty && mayBegin }

    private var mayBegin: Bool {
        !isReadingLong && outstanding < maximumOutstanding && carrier?.takesReplies ?? true
    }

    /// Handles a message, or queues it if the limit of calls is reached.
    func take(_ message: [UInt8]) {
        // Messages during the shutdown are ignored; the close frame informs the client.
        guard !isDraining else { return }
        waiting.append(message)
        begin()
    }

    /// Ignores messages from now on.
    func drain() { isDraining = true }

    /// Handles queued messages up to the limit, and sends queued notifications.
    func resume() {
        begin()
        for name in Array(subscriptions.keys) { sendNotifications(of: name) }
    }

    /// Drops queued messages, and ends subscriptions.
    func stop() {
        naming?.cancel()
        waiting.removeAll()
        carrier = nil
        for name in Array(subscriptions.keys) { _ = end(name) }
        count(keyBytes: 0)
    }

    /// A subscription, with the bytes of its message, which it has as long.
    private struct Subscription {
        let notifications: RPCSubscription
        let byteCount: Int
    }

    private func count(keyBytes bytes: Int) {
        guard bytes != keyBytes else { return }
        monitor.changeUse(by: -keyBytes)
        keyBytes = bytes
        monitor.changeUse(by: keyBytes)
    }

    private func begin() {
        guard !isBeginning else { return }
        isBeginning = true
        defer { isBeginning = false }
        while mayBegin, let message = waiting.popFirst() {
            guard message.count > LongWork.maximumBytes else {
                begin(read(message))
                continue
            }
            beginLong(message)
        }
    }

    /// A parsed message, whose call has begun as far as it does not have to wait.
    private struct ReadMessage: Sendable {
        let byteCount: Int
        /// The authentication of the connection after the message.
        let access: ConnectionAuthenticator
        let reply: MessageReply
    }

    private enum MessageReply: Sendable {
        /// The connection replies itself.
        case own([UInt8]?)
        case subscription(SubscriptionCall)
        case call(Reply<RPCResponse>)
    }

    private func read(_ message: [UInt8]) -> ReadMessage { Self.read(message, access, endpoint) }

    private static func read(
        _ message: [UInt8],
        _ access: ConnectionAuthenticator,
        _ endpoint: any MessageHandler
    ) -> ReadMessage {
        var access = access
        let reply: MessageReply
        switch access.authorize(message) {
        case .reply(let response): reply = .own(response)
        case .forward(var caller):
            // A connection carries many requests, so each has an id of its own.
            caller.setRequestID(Caller.requestID())
            caller.becomeMessage()
            reply =
                endpoint.subscriptionCall(in: message, caller: caller).map { .subscription($0) }
                ?? .call(endpoint.respond(to: message, caller: caller))
        }
        return ReadMessage(byteCount: message.count, access: access, reply: reply)
    }

    /// Parses a long message on another thread, like long HTTP requests; later messages wait until it has begun.
    private func beginLong(_ message: [UInt8]) {
        isReadingLong = true
        let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
        executor.tasks.begin()
        Task(executorPreference: LongWorkExecutor.shared) { [access, endpoint, executor] in
            let read = MessageExchange.read(message, access, endpoint)
            executor.eventLoop.execute {
                bound.value.didReadLong(read)
                executor.tasks.end()
            }
        }
    }

    private func didReadLong(_ read: ReadMessage) {
        isReadingLong = false
        // The connection was closed meanwhile.
        guard carrier != nil else { return }
        begin(read, isLong: true)
        begin()
        carrier?.repliesDidComplete()
    }

    private func begin(_ read: ReadMessage, isLong: Bool = false) {
        access = read.access
        count(keyBytes: access.memoryBytes)
        switch read.reply {
        case .own(let response): response.map { carrier?.send($0) }
        case .subscription(let call):
            hasForwarded = true
            take(call, read.byteCount)
        case .call(.now(let reply)):
            hasForwarded = true
            if let body = reply.body { carrier?.send(body) }
        case .call(.later(let respond)):
            hasForwarded = true
            outstanding += 1
            monitor.changeUse(by: read.byteCount)
            let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
            executor.tasks.begin()
            // Runs immediately until it has to wait.
            Task.immediate(executorPreference: executor) { [executor] in
                let reply =
                    isLong
                    ? await withTaskExecutorPreference(LongWorkExecutor.shared) { await respond() } : await respond()
                bound.value.end(reply, of: read.byteCount)
                executor.tasks.end()
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

    // MARK: - Subscriptions

    private func take(_ call: SubscriptionCall, _ byteCount: Int) {
        switch call {
        case .reply(let response): response.body.map { carrier?.send($0) }
        case .begin(let id, let subscription): begin(subscription, id, byteCount)
        case .end(let id, let name, let notifications):
            let isMeant = subscriptions[name].map { notifications.contains($0.notifications.notification) } ?? false
            respond(Array("\(isMeant && end(name))".utf8), id)
        }
    }

    private func begin(_ subscription: RPCSubscription, _ id: RPCID?, _ byteCount: Int) {
        guard subscriptions.count < maximumOutstanding else {
            subscription.refuse()
            let message = "There are \(subscriptions.count) subscriptions on this connection, and no more are taken."
            let error = RPCError(.serverError, message, data: ["code": "OVERLOADED"])
            if let id { carrier?.send(error.response(id: id)) }
            return
        }
        lastSubscription += 1
        let name = "\(lastSubscription)"
        // The client gets the id before the first notification.
        respond(JSONValue.string(name).serialized(), id)
        let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
        subscriptions[name] = Subscription(notifications: subscription, byteCount: byteCount)
        monitor.changeUse(by: byteCount)
        subscription.whenReady { [eventLoop = executor.eventLoop] in
            eventLoop.execute { bound.value.notificationsAreReady(in: name) }
        }
    }

    private func respond(_ result: [UInt8], _ id: RPCID?) {
        guard let id else { return }
        var output = OutputBuffer(minimumCapacity: 64)
        output.append(rpcResult: result[...], id: id)
        carrier?.send(output.array())
    }

    private func notificationsAreReady(in name: String) {
        sendNotifications(of: name)
        carrier?.repliesDidComplete()
    }

    /// Sends queued notifications, as long as the client reads them.
    private func sendNotifications(of name: String) {
        while let carrier, carrier.takesReplies, let subscription = subscriptions[name]?.notifications,
            let message = subscription.next(named: name)
        {
            // The client may have been removed since it subscribed.
            guard access.caller != nil else {
                carrier.send(subscription.refusal(named: name))
                _ = end(name)
                return
            }
            switch message {
            case .notification(let text): carrier.send(text)
            case .last(let text):
                carrier.send(text)
                _ = end(name)
            }
        }
    }

    /// Ends a subscription; returns whether there is one of the name.
    private func end(_ name: String) -> Bool {
        guard let subscription = subscriptions.removeValue(forKey: name) else { return false }
        monitor.changeUse(by: -subscription.byteCount)
        subscription.notifications.cancel()
        return true
    }
}
