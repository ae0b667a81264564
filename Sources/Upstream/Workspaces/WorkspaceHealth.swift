internal import Caching
internal import GraphQL
internal import JSON
private import Synchronization

/// The circuit breakers and the retry budget of a workspace.
final class WorkspaceHealth: Sendable {
    private let slug: String
    private let state = Mutex(State())

    private struct State {
        var health = UpstreamHealth()
        var retries = RetryBudget()
        var generator = SystemRandomNumberGenerator()
    }

    init(slug: String) {
        self.slug = slug
    }

    /// Whether a single call had better show first that the upstream works again.
    var isRecovering: Bool { state.withLock { $0.health.isRecovering } }

    /// Whether a call could be made now, without making it a probe.
    func allows(_ target: UpstreamHealth.Target, at now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            var health = state.health
            return health.refusal(of: target, at: now) == nil
        }
    }

    /// Why a call may not be made now, if it may not.
    func refusal(of target: UpstreamHealth.Target, at now: ContinuousClock.Instant) -> FieldFailure? {
        guard let refusal = state.withLock({ $0.health.refusal(of: target, at: now) }) else { return nil }
        let subject: String
        let pause: Duration
        switch refusal {
        case .workspace(let duration): (subject, pause) = ("Workspace \"\(slug)\"", duration)
        case .resource(let duration): (subject, pause) = ("A resource of workspace \"\(slug)\"", duration)
        }
        let seconds = max(1, Int(pause.components.seconds) + (pause.components.attoseconds > 0 ? 1 : 0))
        return FieldFailure(
            .workspaceUnavailable,
            "\(subject) is temporarily unavailable after repeated failures; retry in \(seconds.inSeconds).",
            more: ["workspace": .string(slug), "retryAfter": .integer(seconds)]
        )
    }

    /// Notes the outcome of a call, and for how long the upstream asks not to be called.
    func record(
        _ outcome: UpstreamHealth.Outcome,
        of target: UpstreamHealth.Target,
        at now: ContinuousClock.Instant,
        retryAfter: Duration? = nil
    ) {
        state.withLock { state in
            state.retries.called()
            state.health.record(outcome, of: target, at: now, retryAfter: retryAfter)
        }
    }

    /// Takes one call more out of the retry budget, if there is one.
    func consumeRetry() -> Bool { state.withLock { $0.retries.consumeRetry() } }

    /// How long to wait before an attempt, the first retry being 1.
    func backoff(attempt: Int) -> Duration {
        state.withLock { RetryBudget.backoff(attempt: attempt, using: &$0.generator) }
    }
}

extension UpstreamRead {
    /// The route and path of the call, for health.
    var target: UpstreamHealth.Target { purpose.healthTarget(ofPath: call.path) }
}

extension CallPurpose {
    /// The route and path of a call, for health: all objects of a type are one route, as is a list with
    /// whatever parameters.
    func healthTarget(ofPath path: String) -> UpstreamHealth.Target {
        var route = Hasher()
        if isByKey, let entity {
            route.combine(entity.type)
        } else {
            route.combine(path.prefix { $0 != "?" })
        }
        return UpstreamHealth.Target(route: route.finalize(), path: path.hashValue)
    }
}
