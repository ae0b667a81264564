internal import JSON
private import Synchronization

/// What the client of one session follows, and the resources of whose changes it has not been notified.
package final class MCPSession: Sendable {
    /// What the session's stream is handed.
    enum Signal: Sendable {
        /// Resources have changed.
        case changes
        /// Nothing has happened for a time.
        case ping
    }

    private struct State {
        var followed: [String: Task<Void, Never>] = [:]
        /// The URIs of resources that have changed since the client was notified.
        var changed: [String] = []
        var stream: AsyncStream<Signal>.Continuation?
        /// The number of the stream that was opened last.
        var streams = 0
        var isClosed = false
        var usedAt: ContinuousClock.Instant
    }

    /// The most resources that one session follows.
    static let maximumResources = 100

    private let state: Mutex<State>

    init(at now: ContinuousClock.Instant) {
        state = Mutex(State(usedAt: now))
    }

    // What it follows would be followed for ever.
    deinit { close() }

    /// Whether nobody has used the session since an instant, and no stream is open.
    func isAbandoned(since instant: ContinuousClock.Instant) -> Bool {
        state.withLock { $0.stream == nil && $0.usedAt < instant }
    }

    /// Whether everything has ended.
    var isClosed: Bool { state.withLock(\.isClosed) }

    /// Since when nobody has used the session; nil: a stream is open.
    var unusedSince: ContinuousClock.Instant? { state.withLock { $0.stream == nil ? $0.usedAt : nil } }

    /// Notes that the session is used.
    func touch(at now: ContinuousClock.Instant) { state.withLock { $0.usedAt = now } }

    // MARK: - Resources

    /// Whether another resource can be followed, or this one is.
    func hasRoom(for uri: String) -> Bool {
        state.withLock { !$0.isClosed && ($0.followed[uri] != nil || $0.followed.count < Self.maximumResources) }
    }

    /// Follows a resource; returns when it is known as it is now, so that every change from then on is noticed.
    ///
    /// - Parameters:
    ///   - uri: its URI.
    ///   - results: the resource as it is, and again whenever it has changed.
    func follow(_ uri: String, _ results: ResultStream) async {
        let (begun, beginning) = AsyncStream<Void>.makeStream()
        let task = Task.detached { [weak self] in
            let hasResult = Atomic(false)
            _ = await results.run { item in
                guard item.result != nil else { return }
                // The first is the resource as it is when the client begins to follow it.
                if hasResult.exchange(true, ordering: .relaxed) { self?.note(uri) } else { beginning.finish() }
            }
            beginning.finish()
        }
        let previous = state.withLock { state in
            state.isClosed ? task : state.followed.updateValue(task, forKey: uri)
        }
        previous?.cancel()
        for await _ in begun {}
    }

    /// Follows a resource no longer.
    func unfollow(_ uri: String) {
        let task = state.withLock { state in
            state.changed.removeAll { $0 == uri }
            return state.followed.removeValue(forKey: uri)
        }
        task?.cancel()
    }

    private func note(_ uri: String) {
        let stream = state.withLock { state in
            guard state.followed[uri] != nil, !state.changed.contains(uri) else {
                return nil as AsyncStream<Signal>.Continuation?
            }
            state.changed.append(uri)
            return state.stream
        }
        stream?.yield(.changes)
    }

    // MARK: - The stream

    /// Opens the session's stream, in place of one that is open.
    ///
    /// - Returns: its number, and what it is handed.
    func open() -> (number: Int, signals: AsyncStream<Signal>) {
        // One signal stands for all changes that wait.
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

    /// Notes that a stream has ended.
    func streamDidEnd(_ number: Int, at now: ContinuousClock.Instant) {
        state.withLock { state in
            state.usedAt = now
            if state.streams == number { state.stream = nil }
        }
    }

    /// Asks for a sign of life.
    func ping() { state.withLock { $0.stream }?.yield(.ping) }

    /// The resources that have changed, of which the client is notified now.
    func takeChanged() -> [String] {
        state.withLock { state in
            defer { state.changed = [] }
            return state.changed
        }
    }

    /// Ends everything.
    func close() {
        let (tasks, stream) = state.withLock { state in
            defer { (state.followed, state.stream, state.isClosed) = ([:], nil, true) }
            return (state.followed.values.map(\.self), state.stream)
        }
        for task in tasks { task.cancel() }
        stream?.finish()
    }
}
