private import Synchronization

/// Requests that were sent together, with their results so far.
final class TransportBatch: Sendable {
    /// The result of one request.
    typealias Outcome = Result<TransportResponse, TransportError>

    /// The requests to send.
    let requests: [TransportRequest]

    private let state: Mutex<State>

    private struct State {
        var isCancelled = false
        /// The results that the caller has not taken.
        var ready: [(position: Int, outcome: Outcome)] = []
        /// The number of requests that have no result.
        var pending: Int
        /// The continuation of the caller while it waits.
        var continuation: CheckedContinuation<Void, Never>?
    }

    init(_ requests: [TransportRequest]) {
        self.requests = requests
        state = Mutex(State(pending: requests.count))
    }

    /// Whether the caller does not want the responses any more.
    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Marks the batch as cancelled.
    func cancel() {
        state.withLock { $0.isCancelled = true }
    }

    /// Records the result of one request; returns whether it is the first that the caller has not taken.
    func record(_ position: Int, _ outcome: Outcome) -> Bool {
        state.withLock { state in
            state.ready.append((position, outcome))
            state.pending -= 1
            return state.ready.count == 1
        }
    }

    /// Resumes the caller if it waits; it then takes all results recorded so far.
    func resumeCaller() {
        let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
            // It may have taken them already, and wait for the next ones.
            guard !state.ready.isEmpty || state.pending == 0 else { return nil }
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume()
    }

    /// Waits for results and takes those that are there; nil when no more will come.
    func next() async -> [(position: Int, outcome: Outcome)]? {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if !state.ready.isEmpty || state.pending == 0 { return true }
                state.continuation = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
        return state.withLock { state in
            defer { state.ready = [] }
            return state.ready.isEmpty ? nil : state.ready
        }
    }
}
