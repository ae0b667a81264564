internal import Caching
internal import GraphQL

extension CallBroker {
    /// A call that has to be made.
    struct OpenCall: Sendable {
        let call: LeaderCall
        /// The cached response to revalidate; it is retained until the upstream has responded.
        let cached: CachedResponse?
    }

    /// The calls that have to be made, and the outcomes of the others: their responses came from a shared store, or the request has made
    /// too many calls.
    func openCalls(
        of calls: [LeaderCall],
        purpose: CallPurpose,
        context: CallContext
    ) async -> (open: [OpenCall], outcomes: [(Int, CallOutcome)]) {
        var (open, outcomes) = await lookUp(calls, purpose: purpose, context: context)
        open.removeAll { open in
            if open.call.isAllowed || context.allowance.begin() { return false }
            complete(open.call, with: nil)
            outcomes.append((open.call.position, .failed(context.allowance.failure)))
            return true
        }
        return (open, outcomes)
    }

    /// Waits for the responses for which the store has to look elsewhere.
    ///
    /// - Returns: the calls that remain, and the outcomes of the others.
    private func lookUp(
        _ calls: [LeaderCall],
        purpose: CallPurpose,
        context: CallContext
    ) async -> (open: [OpenCall], outcomes: [(Int, CallOutcome)]) {
        var open: [OpenCall] = []
        var later: [(call: LeaderCall, lookup: @Sendable () async -> CachedResponse?)] = []
        open.reserveCapacity(calls.count)
        let isCached = options.caching && purpose.policy.isCacheable
        for call in calls {
            switch isCached ? store.response(for: call.key) : .absent {
            case .found(let cached):
                open.append(OpenCall(call: call, cached: current(cached, for: call.key, purpose: purpose)))
            case .absent: open.append(OpenCall(call: call, cached: nil))
            case .later(let lookup): later.append((call, lookup))
            }
        }
        guard !later.isEmpty else { return (open, []) }
        var outcomes: [(Int, CallOutcome)] = []
        for (call, cached) in await Self.results(of: later) {
            let cached = cached.flatMap { current($0, for: call.key, purpose: purpose) }
            if let cached, let outcome = settle(call, by: cached, purpose: purpose, context: context) {
                outcomes.append((call.position, outcome))
            } else {
                open.append(OpenCall(call: call, cached: cached))
            }
        }
        return (open, outcomes)
    }

    private static func results(
        of lookups: [(call: LeaderCall, lookup: @Sendable () async -> CachedResponse?)]
    ) async -> [(LeaderCall, CachedResponse?)] {
        if lookups.count == 1 { return [(lookups[0].call, await lookups[0].lookup())] }
        return await withTaskGroup(of: (LeaderCall, CachedResponse?).self) { group in
            for (call, lookup) in lookups { group.addTask { (call, await lookup()) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Settles a call with a response from a shared store, if that is fresh for the caller: the call is not made.
    private func settle(
        _ call: LeaderCall,
        by cached: CachedResponse,
        purpose: CallPurpose,
        context: CallContext
    ) -> CallOutcome? {
        guard let age = age(of: cached.generatedAt, in: call.key, context),
            case let policy = policy(of: purpose, in: call.key.workspace, age: age, context),
            case .fresh = policy.freshness(ofAge: age)
        else { return nil }
        if call.isAllowed { context.allowance.refund() }
        context.report.used(age: age, policy: policy, fromCache: true)
        noteCached(call.key, for: context)
        let result = FlightResult(outcome: cached.outcome, isForEveryone: true, generatedAt: cached.generatedAt)
        complete(call, with: result)
        return cached.outcome
    }

    /// Ends a call in flight for all its followers; nil: each of them makes the call itself.
    func complete(_ call: LeaderCall, with result: FlightResult?) {
        guard let (entry, name) = call.leading.entry else { return }
        pendingCalls.complete(entry, for: name, with: result)
    }
}
