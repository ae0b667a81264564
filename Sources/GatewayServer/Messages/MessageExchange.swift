private import DequeModule
internal import Gateway
private import JSON
private import JSONRPC
internal import NIOCore

/// The calls of one connection: begun in the order of arrival, a limited number at a time, with responses sent as they are
/// ready.
///
/// Confined to the connection's event loop.
final class MessageExchange {
    private let endpoint: any MessageHandler
    private var access: ConnectionAuthenticator
    private let maximumOutstanding: Int
    /// How long a WebSocket may be that of nobody.
    let namingTimeout: TimeAmount
    let executor: EventLoopExecutor
    private let monitor: ConnectionMonitor
    private var outstanding = 0
    private var waiting = Deque<[UInt8]>()
    private var isBeginning = false
    /// Whether a long message is being read elsewhere, for which those behind it wait.
    private var isReadingLong = false
    private var isDraining = false
    /// Whether a message was one that its sender may send.
    private var hasForwarded = false
    /// Ends the connection if it is that of nobody by then.
    var naming: Scheduled<Void>?
    private var subscriptions: [String: RPCSubscription] = [:]
    private var lastSubscription = 0
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
        namingTimeout = limits.namingTimeout
        self.executor = executor
        self.monitor = monitor
    }

    /// The address of the connection's other end, if it has one.
    var peerAddress: String? {
        get { access.address }
        set { access.address = newValue }
    }

    /// Whether nobody is known to use the connection: it has brought neither a key nor a token, and nothing that may be called without.
    var isNobodys: Bool {
        guard let caller = access.caller else { return true }
        return !hasForwarded && caller.isAnonymous && caller.client == nil
    }

    /// Whether all messages have their responses.
    var isIdle: Bool { outstanding == 0 && waiting.isEmpty && !isReadingLong }

    /// Whether notifications may come at any time.
    var isSubscribed: Bool { !subscriptions.isEmpty }

    /// Whether only the client keeps the connection from going on.
    var waitsForClient: Bool { isIdle && !isSubscribed }

    /// Whether another message would be begun at once.
    var hasRoom: Bool { waiting.isEmpty && mayBegin }

    private var mayBegin: Bool {
        !isReadingLong && outstanding < maximumOutstanding && carrier?.takesReplies ?? true
    }

    /// Takes a message; it waits if there is no room.
    func take(_ message: [UInt8]) {
        // What comes once the gateway is stopping is not begun; the close frame informs the client.
        guard !isDraining else { return }
        waiting.append(message)
        begin()
    }

    /// Takes no more messages.
    func drain() { isDraining = true }

    /// Begins what waits, as far as there is room.
    func resume() {
        begin()
        for name in Array(subscriptions.keys) { sendNotifications(of: name) }
    }

    /// Forgets what has not begun, and ends subscriptions.
    func stop() {
        naming?.cancel()
        waiting.removeAll()
        carrier = nil
        for subscription in subscriptions.values { subscription.cancel() }
        subscriptions = [:]
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

    /// A message that has been read: what it asks for has begun, as far as nothing has to be waited for.
    private struct ReadMessage: Sendable {
        let byteCount: Int
        /// Who has authenticated on the connection by then.
        let access: ConnectionAuthenticator
        let reply: MessageReply
    }

    private enum MessageReply: Sendable {
        /// The connection responds itself.
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
            // A connection carries many requests.
            caller.setRequestID(Caller.requestID())
            caller.becomeMessage()
            reply =
                endpoint.subscriptionCall(in: message, caller: caller).map { .subscription($0) }
                ?? .call(endpoint.respond(to: message, caller: caller))
        }
        return ReadMessage(byteCount: message.count, access: access, reply: reply)
    }

    /// Reads a long message on another thread, as long ones of HTTP are; those behind it wait until it has begun.
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
        // What nobody is connected for any more has not begun.
        guard carrier != nil else { return }
        begin(read, isLong: true)
        begin()
        carrier?.repliesDidComplete()
    }

    private func begin(_ read: ReadMessage, isLong: Bool = false) {
        access = read.access
        switch read.reply {
        case .own(let response): response.map { carrier?.send($0) }
        case .subscription(let call):
            hasForwarded = true
            take(call)
        case .call(.now(let reply)):
            hasForwarded = true
            if let body = reply.body { carrier?.send(body) }
        case .call(.later(let respond)):
            hasForwarded = true
            outstanding += 1
            monitor.changeUse(by: read.byteCount)
            let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
            executor.tasks.begin()
            // Runs here and now until something has to be waited for.
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

    private func take(_ call: SubscriptionCall) {
        switch call {
        case .reply(let response): response.body.map { carrier?.send($0) }
        case .begin(let id, let subscription): begin(subscription, id)
        case .end(let id, let name, let notifications):
            let isMeant = subscriptions[name].map { notifications.contains($0.notification) } ?? false
            let ended = isMeant ? subscriptions.removeValue(forKey: name) : nil
            ended?.cancel()
            respond(Array("\(ended != nil)".utf8), id)
        }
    }

    private func begin(_ subscription: RPCSubscription, _ id: RPCID?) {
        guard subscriptions.count < maximumOutstanding else {
            subscription.refuse()
            let message = "There are \(subscriptions.count) subscriptions on this connection, and no more are taken."
            let error = RPCError(.serverError, message, data: ["code": "OVERLOADED"])
            if let id { carrier?.send(error.response(id: id)) }
            return
        }
        lastSubscription += 1
        let name = "\(lastSubscription)"
        // The client knows the name before the first notification comes.
        respond(JSONValue.string(name).serialized(), id)
        let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
        subscriptions[name] = subscription
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

    /// Sends the notifications that wait, as long as the client takes them.
    private func sendNotifications(of name: String) {
        while let carrier, carrier.takesReplies, let subscription = subscriptions[name],
            let message = subscription.next(named: name)
        {
            // The client may have lost its right since it subscribed.
            guard access.caller != nil else {
                carrier.send(subscription.refusal(named: name))
                return end(name)
            }
            switch message {
            case .notification(let text): carrier.send(text)
            case .last(let text):
                carrier.send(text)
                end(name)
            }
        }
    }

    private func end(_ name: String) { subscriptions.removeValue(forKey: name)?.cancel() }
}
