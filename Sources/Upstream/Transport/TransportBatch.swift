private import Synchronization

/// Requests that were handed over together, and what has come of them so far.
final class TransportBatch: Sendable {
    /// What one request came to.
    typealias Outcome = Result<TransportResponse, TransportError>

    /// How the caller is resumed, once, when no request is pending.
    typealias Continuation = CheckedContinuation<[Outcome], Never>

    /// What to send.
    let requests: [TransportRequest]

    private let state: Mutex<State>

    private struct State {
        var isCancelled = false
        var outcomes: [Outcome]
        var pending: Int
        var continuation: Continuation?
    }

    init(_ requests: [TransportRequest]) {
        self.requests = requests
        let failure = Outcome.failure(.shutDown(mayHaveBeenSent: false))
        state = Mutex(State(outcomes: Array(repeating: failure, count: requests.count), pending: requests.count))
    }

    /// Whether the caller no longer wants the answers.
    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Remembers whom to resume.
    ///
    /// Comes before every other method but `cancel()`.
    func begin(_ continuation: Continuation) {
        state.withLock { $0.continuation = continuation }
    }

    /// Marks the batch as no longer wanted.
    func cancel() {
        state.withLock { $0.isCancelled = true }
    }

    /// Records what one request came to, and resumes the caller after the last.
    func complete(_ index: Int, with outcome: Outcome) {
        let finished = state.withLock { state -> (Continuation, [Outcome])? in
            state.outcomes[index] = outcome
            state.pending -= 1
            guard state.pending == 0, let continuation = state.continuation else { return nil }
            state.continuation = nil
            return (continuation, state.outcomes)
        }
        if let (continuation, outcomes) = finished { continuation.resume(returning: outcomes) }
    }
}
