/// Requests that were handed over together, and what has come of them so far.
///
/// `@unchecked Sendable`: the requests never change, and everything else is touched by the transport's thread only.
final class TransportBatch: @unchecked Sendable {
    /// What one request came to.
    typealias Outcome = Result<TransportResponse, TransportError>

    /// How the caller is resumed, once, when no request is pending.
    typealias Continuation = CheckedContinuation<[Outcome], Never>

    /// What to send.
    let requests: [TransportRequest]

    /// Whether the caller no longer wants the answers.
    private(set) var isCancelled = false

    private var outcomes: [Outcome]
    private var pending: Int
    private var continuation: Continuation?

    init(_ requests: [TransportRequest]) {
        self.requests = requests
        pending = requests.count
        outcomes = Array(repeating: .failure(.shutDown(mayHaveBeenSent: false)), count: requests.count)
    }

    /// Remembers whom to resume.
    ///
    /// Comes before every other method but `cancel()`.
    func begin(_ continuation: Continuation) {
        self.continuation = continuation
    }

    /// Marks the batch as no longer wanted.
    func cancel() {
        isCancelled = true
    }

    /// Records what one request came to, and resumes the caller after the last.
    func complete(_ index: Int, with outcome: Outcome) {
        outcomes[index] = outcome
        pending -= 1
        guard pending == 0, let continuation else { return }
        self.continuation = nil
        continuation.resume(returning: outcomes)
    }
}
