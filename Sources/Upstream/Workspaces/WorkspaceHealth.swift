internal import Caching
internal import GraphQL
internal import JSON
private import Synchronization

/// The circuit breakers and the retry budget of a workspace.
final class WorkspaceHealth: Sendable {
    private let slug: String
    private let observer: any UpstreamObserver
    private let state = Mutex(State())

    private struct State {
        var health = UpstreamHealth()
        var retries = RetryBudget()
        var generator = SystemRandomNumberGenerator()
    }

    /// Makes the health of a workspace without failures, and notifies an observer of changes.
    init(slug: String, observer: any UpstreamObserver = SilentUpstreamObserver()) {
        self.slug = slug
        self.observer = observer
    }

    /// The positions of calls in the order in which they are made: the sequences side by side, the waves of each one after
    /// the other.
    ///
    /// A group that has failed gets one call first, which shows whether it works again; the others follow if it does.
    func sequences(of targets: [UpstreamHealth.Target], at now: ContinuousClock.Instant) -> [[[Int]]] {
        guard targets.count > 1 else { return targets.isEmpty ? [] : [[[0]]] }
        return state.withLock { state in
            var healthy: [Int] = []
            var recovering: [UpstreamHealth.RecoveringGroup: [Int]] = [:]
            for (position, target) in targets.enumerated() {
                if let group = state.health.recoveringGroup(of: target) {
                    recovering[group, default: []].append(position)
                } else {
                    healthy.append(position)
                }
            }
            let sequences = recovering.values.map { positions in
                let probe = positions[state.health.probe(among: positions.map { targets[$0] }, at: now)]
                return [[probe], positions.filter { $0 != probe }].filter { !$0.isEmpty }
            }
            return healthy.isEmpty ? sequences : [[healthy]] + sequences
        }
    }

    /// The reason why a call may not be made now.
    struct Refusal: Sendable, Hashable {
        /// The error that clients receive.
        let failure: FieldFailure
        /// The time to wait that the upstream states: a caller whose deadline is later waits for it; nil: it states none.
        var statedPause: Duration?
    }

    /// The reason why a call may not be made now; nil if it may.
    func refusal(of target: UpstreamHealth.Target, at now: ContinuousClock.Instant) -> Refusal? {
        guard let refusal = state.withLock({ $0.health.refusal(of: target, at: now) }) else { return nil }
        switch refusal {
        case .workspace(let pause):
            return Refusal(failure: failure("Workspace \"\(slug)\"", because: "after repeated failures", pause))
        case .part(let pause):
            return Refusal(failure: failure(resource, because: "after repeated failures", pause))
        case .stated(let pause):
            return Refusal(failure: failure(resource, because: "as the upstream states", pause), statedPause: pause)
        }
    }

    private var resource: String { "A resource of workspace \"\(slug)\"" }

    private func failure(_ subject: String, because reason: String, _ pause: Duration) -> FieldFailure {
        let seconds = max(1, pause.wholeSeconds)
        return FieldFailure(
            .workspaceUnavailable,
            "\(subject) is temporarily unavailable \(reason); retry in \(seconds.inSeconds).",
            more: ["workspace": .string(slug), "retryAfter": .integer(seconds)]
        )
    }

    /// Records the outcome of a call, and the time for which the upstream asks not to be called.
    ///
    /// - Parameters:
    ///   - outcome: the outcome.
    ///   - target: what was called.
    ///   - path: the same, for people.
    ///   - now: the time.
    ///   - retryAfter: for how long the upstream asks not to be called.
    func record(
        _ outcome: UpstreamHealth.Outcome,
        of target: UpstreamHealth.Target,
        path: String,
        at now: ContinuousClock.Instant,
        retryAfter: Duration? = nil
    ) {
        let changes = state.withLock { state in
            state.retries.called()
            return state.health.record(outcome, of: target, at: now, retryAfter: retryAfter)
        }
        for change in changes {
            let subject: HealthRecord.Subject
            switch change.level {
            case .whole: subject = .workspace
            case .route: subject = .route(path: path)
            case .path: subject = .path(path)
            }
            observer.healthChanged(HealthRecord(workspace: slug, subject: subject, pause: change.pause))
        }
    }

    /// Whether the workspace has not failed as a whole.
    var isAvailable: Bool { state.withLock { $0.health.isAvailable } }

    /// Takes one retry from the retry budget; returns false if none is left.
    func consumeRetry() -> Bool { state.withLock { $0.retries.consumeRetry() } }

    /// The pause before an attempt, the first retry being 1.
    func backoff(attempt: Int) -> Duration {
        state.withLock { RetryBudget.backoff(attempt: attempt, using: &$0.generator) }
    }
}
