internal import Gateway
private import Synchronization

/// The gateway that a server serves, which can be replaced at run time: a request is completed by the one that it came to.
final class ReplaceableGateway: Sendable {
    /// The parts that serve requests, which are replaced as a whole.
    ///
    /// A class, so that a connection copies one reference.
    final class Generation: Sendable {
        let service: GatewayService
        let endpoint: any Endpoint
        let messages: any MessageHandler
        /// The limits of HTTP connections that are opened meanwhile.
        let connection: ConnectionLimits
        /// The limits of connections with JSON-RPC messages.
        let messageLimits: MessageLimits
        /// The limit of waiting requests.
        let load: LoadLimit
        /// The cache of responses by the bytes of requests, which later configurations do not use; nil: client limits count each request.
        let repeated: RepeatedRequests?
        /// Returns the status of the caches of complete responses.
        let cacheUse: @Sendable () -> [GatewayStatus.Cache]
        /// Ends the MCP streams of notifications.
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

        /// Ends all subscriptions and MCP streams; no further ones begin.
        func endStreams() {
            service.endSubscriptions()
            endNotifications()
        }
    }

    private let state = Mutex<Generation?>(nil)

    /// The parts that serve new requests; nil: there are none yet.
    var current: Generation? { state.withLock { $0 } }

    /// Replaces the parts for new requests; connections stay open, and their next requests are served by the new parts.
    ///
    /// Subscriptions to change feeds that are not reused end, so that clients subscribe again.
    func replace(with next: Generation) {
        let last = state.withLock { state in
            defer { state = next }
            return state
        }
        if let last, !next.service.hasSameChanges(as: last.service) { last.endStreams() }
        // Freed here, outside of the lock.
        withExtendedLifetime(last) {}
    }
}
