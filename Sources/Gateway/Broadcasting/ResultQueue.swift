private import Synchronization

/// The results that await a subscriber that reads them one after the other.
final class ResultQueue: ResultReceiver {
    /// The next item for the subscriber.
    enum Next: Sendable {
        case event(StreamEvent)
        /// A keep-alive message is due, as nothing has been sent for a time.
        case heartbeat
        /// Results were dropped, as too many were queued.
        case overflow
        /// The subscriber's task is cancelled.
        case cancelled
    }

    private struct State {
        var waiting: [StreamEvent] = []
        var isHeartbeatDue = false
        var hasOverflown = false
        var isCancelled = false
        var reader: CheckedContinuation<Void, Never>?
        var notify: Notify?
    }

    private let state = Mutex(State())

    func receive(_ event: StreamEvent) {
        change { state in
            guard !state.hasOverflown else { return }
            if case .result = event, state.waiting.count >= ResultBroadcast.capacity {
                state.hasOverflown = true
            } else {
                state.waiting.append(event)
            }
        }
    }

    func didReceive() {}

    /// Requests a keep-alive message.
    func beat() { change { $0.isHeartbeatDue = true } }

    /// Calls a function whenever an item is queued, and now if one is.
    func whenReady(_ notify: @escaping @Sendable () -> Void) { change { $0.notify = notify } }

    /// Takes the next item; nil: none is queued.
    func takeNext() -> Next? { state.withLock { Self.take(&$0) } }

    /// Waits for the next item.
    func next() async -> Next {
        while true {
            if let next = takeNext() { return next }
            await withTaskCancellationHandler {
                await withCheckedContinuation { reader in
                    let isReady = state.withLock { state in
                        guard Self.isEmpty(state) else { return true }
                        state.reader = reader
                        return false
                    }
                    if isReady { reader.resume() }
                }
            } onCancel: {
                change { $0.isCancelled = true }
            }
        }
    }

    private static func isEmpty(_ state: State) -> Bool {
        state.waiting.isEmpty && !state.isHeartbeatDue && !state.hasOverflown && !state.isCancelled
    }

    private static func take(_ state: inout State) -> Next? {
        if state.isCancelled { return .cancelled }
        if !state.waiting.isEmpty {
            // A result keeps the connection alive too.
            state.isHeartbeatDue = false
            return .event(state.waiting.removeFirst())
        }
        if state.hasOverflown { return .overflow }
        guard state.isHeartbeatDue else { return nil }
        state.isHeartbeatDue = false
        return .heartbeat
    }

    /// Changes the queue, and resumes the reader if there is an item for it.
    private func change(_ body: (inout State) -> Void) {
        let (reader, notify) = state.withLock { state in
            body(&state)
            guard !Self.isEmpty(state) else { return (nil as CheckedContinuation<Void, Never>?, nil as Notify?) }
            defer { state.reader = nil }
            return (state.reader, state.notify)
        }
        reader?.resume()
        notify?()
    }

    private typealias Notify = @Sendable () -> Void
}
