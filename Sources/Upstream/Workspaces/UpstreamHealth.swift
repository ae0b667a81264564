internal import Caching

/// The health of an upstream: as a whole, by route and by path, so that the failure of one path stops no other.
///
/// A value without a clock: the caller passes the time to every function.
struct UpstreamHealth: Sendable {
    typealias Instant = ContinuousClock.Instant

    typealias Target = CallTarget

    /// The evidence of a call about the health of its target.
    enum Outcome: Sendable, Hashable {
        case works
        /// This target fails; other targets may work.
        case fails
        /// No connection could be established: no target can be reached.
        case isUnreachable
        /// The call shows nothing about the health.
        case inconclusive
    }

    /// The part of the upstream that is unavailable, and the shortest time until a call may be made.
    enum Refusal: Sendable, Hashable {
        /// The workspace.
        case workspace(Duration)
        /// A route or a path.
        case part(Duration)
        /// A path that the upstream asks not to call for a stated time, however seldom it has failed.
        case stated(Duration)
    }

    /// A circuit breaker that opened or closed.
    struct Change: Sendable, Hashable {
        let level: Level
        /// The time for which it blocks calls; nil: it closed.
        let pause: Duration?

        enum Level: Sendable, Hashable {
            case whole, route, path
        }
    }

    /// The state of a path that has failed.
    private struct FailedPath: Sendable {
        var breaker = CircuitBreaker()
        var lastFailure: Instant
        /// The time until which the upstream asks not to call it; nil: it has stated none.
        var pausedUntil: Instant?
    }

    /// A route has failed if this number of its paths have.
    private static let minimumPaths = 3
    /// The upstream as a whole has failed if this number of its routes have: one route that always fails is not an outage.
    private static let minimumRoutes = 3
    /// The time for which a path counts as affected after it has failed.
    private static let memory = Duration.seconds(60)
    /// The longest time until a group is probed: a longer pause that the upstream states is that of the path which failed.
    private static let longestGroupPause = Duration.seconds(30)
    private static let maximumPaths = 2000
    private static let maximumRoutes = 200

    private var whole = CircuitBreaker(minimumMembers: minimumRoutes)
    private var routes = SieveCache<Int, CircuitBreaker>(capacity: maximumRoutes)
    private var paths = SieveCache<Int, FailedPath>(capacity: maximumPaths)

    /// A group whose circuit breaker is not closed: one call shows whether its other calls can be made.
    enum RecoveringGroup: Sendable, Hashable {
        case whole
        case route(Int)
    }

    /// Whether the upstream has not failed as a whole.
    var isAvailable: Bool { whole.isClosed }

    /// The group that a call should probe before others of the group are made; nil: neither the upstream nor the route has failed.
    mutating func recoveringGroup(of target: Target) -> RecoveringGroup? {
        guard whole.isClosed else { return .whole }
        guard routes.count > 0, let route = routes.value(for: target.route), !route.isClosed else { return nil }
        return .route(target.route)
    }

    /// The position of the call that best shows whether a group works again: one that is allowed, of a path that has not
    /// failed if there is one.
    ///
    /// A path that has failed may go on to fail by itself; then another one would be called right after it.
    mutating func probe(among targets: [Target], at now: Instant) -> Int {
        var affected: Int?
        for (position, target) in targets.enumerated() {
            // A copy is checked, so that no probe is recorded before the call is made.
            var copy = self
            guard copy.refusal(of: target, at: now) == nil else { continue }
            if case .unaffected = memberHealth(of: target.path, at: now) { return position }
            affected = affected ?? position
        }
        return affected ?? 0
    }

    /// The reason why a call may not be made now; nil if it may.
    mutating func refusal(of target: Target, at now: Instant) -> Refusal? {
        // PERF: there are nearly always no failures.
        if whole.isClosed, paths.count == 0, routes.count == 0 { return nil }
        let memberHealth = memberHealth(of: target.path, at: now)
        // A probe is recorded only if all three allow the call.
        var (path, route, group) = (paths.value(for: target.path), routes.value(for: target.route), whole)
        if let pause = group.refusal(at: now, memberHealth: memberHealth) { return .workspace(pause) }
        if let pause = path?.breaker.refusal(at: now) { return .part(pause) }
        if let end = path?.pausedUntil, end > now { return .stated(end - now) }
        if let pause = route?.refusal(at: now, memberHealth: memberHealth) { return .part(pause) }
        whole = group
        if let path { paths.insert(path, for: target.path, cost: 1) }
        if let route { routes.insert(route, for: target.route, cost: 1) }
        return nil
    }

    /// Records the outcome of a call, and the time for which the upstream asks not to be called.
    ///
    /// - Returns: the circuit breakers that opened or closed because of it.
    mutating func record(
        _ outcome: Outcome,
        of target: Target,
        at now: Instant,
        retryAfter: Duration? = nil
    ) -> [Change] {
        // PERF: there are nearly always no failures.
        if outcome == .works, whole.isClosed, paths.count == 0, routes.count == 0 {
            whole.recordSuccess()
            return []
        }
        let before = statuses(of: target, at: now)
        note(outcome, of: target, at: now, retryAfter: retryAfter)
        let after = statuses(of: target, at: now)
        return zip(before, after).compactMap { before, after in
            // While a call probes, or may probe, the health is not known yet.
            guard before != after, after.isClosed || after.pause ?? .zero > .zero else { return nil }
            return Change(level: after.level, pause: after.pause)
        }
    }

    private struct Status: Equatable {
        let level: Change.Level
        let isClosed: Bool
        let pause: Duration?

        init(_ level: Change.Level, _ breaker: CircuitBreaker?, at now: Instant) {
            self.level = level
            isClosed = breaker?.isClosed ?? true
            pause = breaker?.pause(at: now)
        }
    }

    /// The statuses of the three circuit breakers that a call depends on.
    private mutating func statuses(of target: Target, at now: Instant) -> [Status] {
        [
            Status(.whole, whole, at: now), Status(.route, routes.value(for: target.route), at: now),
            Status(.path, paths.value(for: target.path)?.breaker, at: now),
        ]
    }

    private mutating func note(_ outcome: Outcome, of target: Target, at now: Instant, retryAfter: Duration?) {
        switch outcome {
        case .works:
            let wasClosed = whole.isClosed
            whole.recordSuccess()
            if !wasClosed, whole.isClosed {
                // The path failed together with all the rest.
                routes.removeAll()
                paths.removeAll()
            }
            if routes.count > 0 { update(routeOf: target) { $0.recordSuccess() } }
            if paths.count > 0 { paths.removeValue(for: target.path) }
        case .fails:
            recordFailure(of: target, at: now, retryAfter: retryAfter)
        case .isUnreachable:
            whole.recordFailure(at: now)
            recordInconclusive(target, at: now)
        case .inconclusive:
            whole.recordInconclusive(at: now)
            recordInconclusive(target, at: now)
        }
    }

    private mutating func recordFailure(of target: Target, at now: Instant, retryAfter: Duration?) {
        let memberHealth = memberHealth(of: target.path, at: now)
        var path = paths.value(for: target.path) ?? FailedPath(lastFailure: now)
        var route = routes.value(for: target.route) ?? CircuitBreaker(minimumMembers: Self.minimumPaths)
        whole.recordFailure(at: now, member: target.route, memberHealth: memberHealth)
        route.recordFailure(at: now, member: target.path, memberHealth: memberHealth)
        path.breaker.recordFailure(at: now, member: target.path)
        path.lastFailure = now
        if let retryAfter {
            path.pausedUntil = now + retryAfter
            path.breaker.extendPause(until: now + retryAfter)
            let endOfGroup = now + min(retryAfter, Self.longestGroupPause)
            whole.extendPause(until: endOfGroup)
            route.extendPause(until: endOfGroup)
        }
        paths.insert(path, for: target.path, cost: 1)
        routes.insert(route, for: target.route, cost: 1)
    }

    private mutating func recordInconclusive(_ target: Target, at now: Instant) {
        if var path = paths.value(for: target.path) {
            path.breaker.recordInconclusive(at: now)
            paths.insert(path, for: target.path, cost: 1)
        }
        update(routeOf: target) { $0.recordInconclusive(at: now) }
    }

    private mutating func update(routeOf target: Target, _ body: (inout CircuitBreaker) -> Void) {
        guard var route = routes.value(for: target.route) else { return }
        body(&route)
        routes.insert(route, for: target.route, cost: 1)
    }

    private mutating func memberHealth(of path: Int, at now: Instant) -> CircuitBreaker.MemberHealth {
        guard let known = paths.value(for: path), now - known.lastFailure < Self.memory else { return .unaffected }
        return known.breaker.isClosed ? .affected : .failing
    }
}
