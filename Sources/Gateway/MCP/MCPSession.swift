internal import JSON
private import Synchronization

/// One MCP session: the resources to which it has subscribed, and the changes of which its client has not been notified.
package final class MCPSession: Sendable {
    /// An element of the session's stream.
    enum Signal: Sendable {
        /// Resources have changed.
        case changes
        /// A keep-alive message is due, as nothing has been sent for a time.
        case ping
    }

    private struct State {
        var followed: [ExactString: Task<Void, Never>] = [:]
        /// The URIs of resources that have changed since the client was last notified.
        var changed: [ExactString] = []
        var stream: AsyncStream<Signal>.Continuation?
        /// The number of the stream that was opened last, from 1.
        var streams = 0
        var isClosed = false
        var usedAt: ContinuousClock.Instant
    }

    /// The most resources to which one session can subscribe.
    static let maximumResources = 100

    /// The clients as whose session it is counted.
    let holders: [ClientID]

    private let state: Mutex<State>

    init(of holders: [ClientID], at now: ContinuousClock.Instant) {
        self.holders = holders
        state = Mutex(State(usedAt: now))
    }

    // Otherwise its subscriptions would never end.
    deinit { close() }

    /// Whether the session was last used before an instant, and no stream is open.
    func isAbandoned(since instant: ContinuousClock.Instant) -> Bool {
        state.withLock { $0.stream == nil && $0.usedAt < instant }
    }

    /// Whether the session has ended.
    var isClosed: Bool { state.withLock(\.isClosed) }

    /// The instant of the last use; nil: a stream is open.
    var unusedSince: ContinuousClock.Instant? { state.withLock { $0.stream == nil ? $0.usedAt : nil } }

    /// The instant of the last use, and whether a stream is open.
    var use: (at: ContinuousClock.Instant, hasStream: Bool) { state.withLock { ($0.usedAt, $0.stream != nil) } }

    /// Whether the session has subscribed to resources.
    var hasSubscriptions: Bool { state.withLock { !$0.followed.isEmpty } }

    /// Records that the session is used.
    func touch(at now: ContinuousClock.Instant) { state.withLock { $0.usedAt = now } }

    // MARK: - Resources

    /// Whether the session can subscribe to this resource, or has done so.
    func hasRoom(for uri: String) -> Bool {
        state.withLock {
            !$0.isClosed && ($0.followed[ExactString(uri)] != nil || $0.followed.count < Self.maximumResources)
        }
    }

    /// Subscribes to a resource; returns after the first result, so that every later change is noticed.
    ///
    /// - Parameters:
    ///   - uri: its URI.
    ///   - results: the live results of the resource.
    func follow(_ uri: String, _ results: ResultStream) async {
        let (begun, beginning) = AsyncStream<Void>.makeStream()
        let task = Task.detached { [weak self] in
            let hasResult = Atomic(false)
            _ = await results.run { item in
                guard item.result != nil else { return }
                // The first result has the present content, and is no change.
                if hasResult.exchange(true, ordering: .relaxed) { self?.note(uri) } else { beginning.finish() }
            }
            beginning.finish()
        }
        let previous = state.withLock { state in
            let hasRoom = state.followed[ExactString(uri)] != nil || state.followed.count < Self.maximumResources
            return state.isClosed || !hasRoom ? task : state.followed.updateValue(task, forKey: ExactString(uri))
        }
        previous?.cancel()
        for await _ in begun {}
    }

    /// Ends the subscription to a resource.
    func unfollow(_ uri: String) {
        let task = state.withLock { state in
            state.changed.removeAll { $0 == ExactString(uri) }
            return state.followed.removeValue(forKey: ExactString(uri))
        }
        task?.cancel()
    }

    private func note(_ uri: String) {
        let stream = state.withLock { state in
            guard state.followed[ExactString(uri)] != nil, !state.changed.contains(ExactString(uri)) else {
                return nil as AsyncStream<Signal>.Continuation?
            }
            state.changed.append(ExactString(uri))
            return state.stream
        }
        stream?.yield(.changes)
    }

    // MARK: - The stream

    /// Opens the session's stream; an open one is ended.
    ///
    /// - Returns: the number of the stream, and its signals.
    func open() -> (number: Int, signals: AsyncStream<Signal>) {
        // One signal stands for all pending changes.
        let (signals, continuation) = AsyncStream<Signal>.makeStream(bufferingPolicy: .bufferingNewest(8))
        let (previous, number) = state.withLock { state in
            let previous = state.stream
            state.streams += 1
            state.stream = state.isClosed ? nil : continuation
            return (state.isClosed ? continuation : previous, state.streams)
        }
        previous?.finish()
        continuation.yield(.changes)
        return (number, signals)
    }

    /// Records the end of a stream.
    func streamDidEnd(_ number: Int, at now: ContinuousClock.Instant) {
        state.withLock { state in
            state.usedAt = now
            if state.streams == number { state.stream = nil }
        }
    }

    /// Requests a keep-alive message.
    func ping() { state.withLock { $0.stream }?.yield(.ping) }

    /// Removes and returns the URIs of changed resources, of which the client is notified now.
    func takeChanged() -> [String] {
        state.withLock { state in
            defer { state.changed = [] }
            return state.changed.map(\.string)
        }
    }

    /// Ends all subscriptions and the stream.
    func close() {
        let (tasks, stream) = state.withLock { state in
            defer { (state.followed, state.stream, state.isClosed) = ([:], nil, true) }
            return (state.followed.values.map(\.self), state.stream)
        }
        for task in tasks { task.cancel() }
        stream?.finish()
    }
}
