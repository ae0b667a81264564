internal import Gateway
private import Synchronization

/// What a server serves, whose place something else can take while it serves: a request stays with what it came to.
final class ReplaceableGateway: Sendable {
    /// What requests are served with, replaced as a whole.
    ///
    /// An object, so that a connection takes it with one reference.
    final class Generation: Sendable {
        let service: GatewayService
        let endpoint: any Endpoint
        let messages: any MessageHandler
        /// The limits of connections that are opened while it is served.
        let connection: ConnectionLimits
        /// Those of connections that carry JSON-RPC messages.
        let messageLimits: MessageLimits
        /// How many requests may wait at a time.
        let load: LoadLimit
        /// The responses to requests that come again, which no later configuration sends; nil: each request is served by itself.
        let repeated: RepeatedRequests?
        /// What the caches of complete responses hold.
        let cacheUse: @Sendable () -> [GatewayStatus.Cache]
        /// Ends the streams of notifications.
        let endNotifications: @Sendable () -> Void

        init(
            service: GatewayService,
            endpoint: any Endpoint,
            messages: any MessageHandler,
            connection: ConnectionLimits,
            messageLimits: MessageLimits,
            load: LoadLimit,
            repeated: RepeatedRequests?,
            cacheUse: @escaping @Sendable () -> [GatewayStatus.Cache] = { [] },
            endNotifications: @escaping @Sendable () -> Void
        ) {
            self.service = service
            self.endpoint = endpoint
            self.messages = messages
            self.connection = connection
            self.messageLimits = messageLimits
            self.load = load
            self.repeated = repeated
            self.cacheUse = cacheUse
            self.endNotifications = endNotifications
        }

        /// Ends the streams that have no end of their own; none begins any more.
        func endStreams() {
            service.endSubscriptions()
            endNotifications()
        }
    }

    private let state = Mutex<Generation?>(nil)

    /// What new requests are served with; nil: nothing yet.
    var current: Generation? { state.withLock { $0 } }

    /// Serves new requests with something else; connections stay open, and what they send next is served with it.
    ///
    /// Subscriptions to changes that nobody would report any more end, so that clients subscribe again.
    func replace(with next: Generation) {
        let last = state.withLock { state in
            defer { state = next }
            return state
        }
        if let last, !next.service.hasSameChanges(as: last.service) { last.endStreams() }
        // Freed here, where no lock is held.
        withExtendedLifetime(last) {}
    }
}
