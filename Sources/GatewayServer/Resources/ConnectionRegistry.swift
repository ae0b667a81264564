internal import NIOCore
private import Synchronization

/// The open connections of a server: limits their number and the bytes of their unread responses, and ends them.
final class ConnectionRegistry: Sendable {
    private let state: Mutex<State>
    private let unread: Mutex<UnreadResponseTable<ObjectIdentifier>>

    private struct State {
        var table: ConnectionTable<ObjectIdentifier>
        var connections: [ObjectIdentifier: Connection] = [:]
        var isDraining = false
        var drained: EventLoopPromise<Void>?
    }

    /// One open connection.
    final class Connection: Sendable {
        fileprivate let channel: any Channel
        // Until it is admitted it counts as waiting for its client, so that it can be closed for another one.
        private let waitingSince = Atomic(NIODeadline.now().uptimeNanoseconds)

        fileprivate init(_ channel: any Channel) {
            self.channel = channel
        }

        /// Sets whether the connection only waits for its client, so that it may be closed for another one.
        func setWaitsForClient(_ waits: Bool) {
            waitingSince.store(waits ? NIODeadline.now().uptimeNanoseconds : .max, ordering: .relaxed)
        }

        /// The uptime in nanoseconds since which the connection only waits for its client; nil: it does not.
        fileprivate var idleSince: UInt64? {
            let since = waitingSince.load(ordering: .relaxed)
            return since == .max ? nil : since
        }
    }

    private let memoryWasReleased: (@Sendable () -> Void)?
    private let server: ServerState

    init(
        counts: ConnectionCounts,
        maximumUnreadBytes: Int,
        server: ServerState = ServerState(),
        memoryWasReleased: (@Sendable () -> Void)? = nil
    ) {
        self.server = server
        self.memoryWasReleased = memoryWasReleased
        state = Mutex(State(table: ConnectionTable(limits: counts)))
        unread = Mutex(UnreadResponseTable(limit: maximumUnreadBytes))
    }

    /// Whether the server shuts down now or soon.
    var isStopping: Bool { server.isDraining }

    /// Whether connections are being drained.
    var isDraining: Bool { state.withLock { $0.isDraining } }

    /// The number of open connections.
    var count: Int { state.withLock { $0.connections.count } }

    // MARK: - Beginning

    /// Adds an accepted connection; returns false if the limit is reached and no connection can be closed.
    ///
    /// At the limit, the connections are closed that only wait for their clients, and have done so for the
    /// longest time.
    func open(_ channel: any Channel) -> Bool {
        let key = ObjectIdentifier(channel)
        let victims = state.withLock { state -> [Connection]? in
            guard !state.isDraining else { return nil }
            let now = NIODeadline.now().uptimeNanoseconds
            guard let victims = state.table.open(key, at: now, idleSince: { state.connections[$0]?.idleSince })
            else { return nil }
            state.connections[key] = Connection(channel)
            return victims.compactMap { state.connections.removeValue(forKey: $0) }
        }
        guard let victims else { return false }
        for victim in victims { victim.channel.close(promise: nil) }
        channel.closeFuture.whenComplete { [self] _ in close(key) }
        return true
    }

    /// Sets the address of a connection; returns nil if it must be closed because of the limit per address.
    func admit(_ channel: any Channel, from address: SocketAddress?) -> Connection? {
        let key = ObjectIdentifier(channel)
        let (connection, victims) = state.withLock { state -> (Connection?, [Connection]) in
            guard !state.isDraining, let connection = state.connections[key] else { return (nil, []) }
            connection.setWaitsForClient(false)
            guard let peer = address.flatMap({ PeerAddress($0) }) else { return (connection, []) }
            let victims = state.table.identify(key, as: peer) { state.connections[$0]?.idleSince }
            guard let victims else { return (nil, []) }
            return (connection, victims.compactMap { state.connections.removeValue(forKey: $0) })
        }
        for victim in victims { victim.channel.close(promise: nil) }
        return connection
    }

    private func close(_ key: ObjectIdentifier) {
        setUnread(0, for: key)
        let drained = state.withLock { state -> EventLoopPromise<Void>? in
            state.table.close(key)
            state.connections[key] = nil
            guard state.connections.isEmpty else { return nil }
            defer { state.drained = nil }
            return state.drained
        }
        drained?.succeed()
    }

    // MARK: - Unread responses

    /// Sets the bytes of a connection's unread responses; closes connections if the sum exceeds the limit.
    func setUnread(_ bytes: Int, for channel: any Channel) {
        setUnread(bytes, for: ObjectIdentifier(channel))
    }

    private func setUnread(_ bytes: Int, for key: ObjectIdentifier) {
        let (victims, hasShrunk) = unread.withLock { ($0.set(bytes, for: key, at: .now()), $0.takeShrink()) }
        if hasShrunk { memoryWasReleased?() }
        guard !victims.isEmpty else { return }
        let channels = state.withLock { state in victims.compactMap { state.connections[$0]?.channel } }
        for channel in channels { channel.close(promise: nil) }
    }

    // MARK: - The end

    /// Lets every connection complete its requests in progress; closes the remaining ones after a timeout.
    func drain(within timeout: TimeAmount, on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        let (channels, isEmpty) = state.withLock { state in
            state.isDraining = true
            if !state.connections.isEmpty { state.drained = promise }
            return (state.connections.values.map(\.channel), state.connections.isEmpty)
        }
        if isEmpty { promise.succeed() }
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
        let limit = eventLoop.scheduleTask(in: timeout) { [self] in
            let left = state.withLock { state in state.connections.values.map(\.channel) }
            for channel in left { channel.close(promise: nil) }
        }
        promise.futureResult.whenComplete { _ in limit.cancel() }
        return promise.futureResult
    }
}
