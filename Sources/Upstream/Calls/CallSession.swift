internal import GraphQL
private import Synchronization

/// The upstream calls of one client request: whose credentials they spend, until when, and what they have cost.
package final class CallSession: Sendable {
    let broker: CallBroker
    /// The credential for each workspace; nil where the caller has none.
    let credentials: [Credential?]
    /// When the client request must be answered.
    package let deadline: ContinuousClock.Instant
    let caller: CallerID
    let priority: CallPriority
    package let report: CallReport
    /// Outcomes of this request's own calls: one that failed or may not be kept is still not made twice.
    private let own = Mutex(OwnCalls())

    private struct OwnCalls {
        var outcomes: [OwnCall: (outcome: CallOutcome, maxAge: Duration)] = [:]
        /// How many writes there were: what was on its way during one is not remembered.
        var writes = 0
    }

    /// A call of this request: what others have fetched too is told apart from what its own credential has.
    private struct OwnCall: Hashable {
        let call: Call
        let isShared: Bool
    }

    /// Begins a client request.
    ///
    /// - Parameters:
    ///   - broker: where the calls are made.
    ///   - credentials: the credential for each workspace of the broker; nil where the caller may not go.
    ///   - deadline: when the client request must be answered.
    ///   - caller: who takes turns with others for the budget.
    ///   - priority: how urgent the calls are.
    ///   - report: where it is noted what is spent and saved.
    package init(
        broker: CallBroker,
        credentials: [Credential?],
        deadline: ContinuousClock.Instant,
        caller: CallerID,
        priority: CallPriority = .interactive,
        report: CallReport = CallReport()
    ) {
        self.broker = broker
        self.credentials = credentials
        self.deadline = deadline
        self.caller = caller
        self.priority = priority
        self.report = report
    }

    /// The workspaces that the caller may use.
    var usableWorkspaces: [Int] { credentials.indices.filter { credentials[$0] != nil } }

    /// The credential for a workspace.
    func credential(for workspace: Int) -> Credential? {
        credentials.indices.contains(workspace) ? credentials[workspace] : nil
    }

    /// Who may see the answer of a call.
    func scope(of workspace: Int, purpose: CallPurpose) -> CacheScope {
        // Who may not go to a workspace is shown nothing of it, even of what all others share.
        guard let own = credential(for: workspace) else { return .credential(Credential(authorization: nil)) }
        return purpose.policy.isShared ? .workspace : .credential(own)
    }

    /// What names the answer of a call.
    func key(of call: Call, purpose: CallPurpose) -> CacheKey {
        CacheKey(workspace: call.workspace, scope: scope(of: call.workspace, purpose: purpose), path: call.path)
    }

    /// The same caller, for calls that no one waits for.
    func inBackground() -> CallSession {
        CallSession(
            broker: broker,
            credentials: credentials,
            deadline: deadline,
            caller: caller,
            priority: .refresh
        )
    }

    /// The outcome of a call that needs no waiting, if there is one; the same for the whole of the request.
    func cachedOutcome(of call: Call, purpose: CallPurpose) -> CallOutcome? {
        guard broker.options.deduplication else { return broker.cachedOutcome(of: call, purpose: purpose, for: self) }
        if let known = known([call], purpose: purpose).outcomes.first ?? nil { return known }
        guard let cached = broker.cachedOutcome(of: call, purpose: purpose, for: self) else { return nil }
        let name = OwnCall(call: call, isShared: purpose.policy.isShared)
        own.withLock { $0.outcomes[name] = (cached, purpose.policy.maxAge) }
        return cached
    }

    /// Whether a call costs nothing now: this request has made it, or its answer is kept.
    func holds(_ call: Call, purpose: CallPurpose) -> Bool {
        let name = OwnCall(call: call, isShared: purpose.policy.isShared)
        if broker.options.deduplication, own.withLock({ $0.outcomes[name] }) != nil { return true }
        return broker.isCached(call, purpose: purpose, for: self)
    }

    /// The outcomes of calls that this request has made, and how many writes it had made by now.
    private func known(_ calls: [Call], purpose: CallPurpose) -> (outcomes: [CallOutcome?], writes: Int) {
        let isShared = purpose.policy.isShared
        var isOlder = false
        let known = own.withLock { own in
            let outcomes = calls.map { call -> CallOutcome? in
                guard let known = own.outcomes[OwnCall(call: call, isShared: isShared)] else { return nil }
                if known.maxAge > purpose.policy.maxAge { isOlder = true }
                return known.outcome
            }
            return (outcomes, own.writes)
        }
        // It may be older than this field declares: nobody is to keep the response.
        if isOlder { report.used(age: purpose.policy.maxAge, policy: purpose.policy, fromCache: false) }
        return known
    }

    /// The outcome of each call.
    package func fetch(_ calls: [Call], purpose: CallPurpose = CallPurpose()) async -> [CallOutcome] {
        guard broker.options.deduplication else { return await broker.fetch(calls, purpose: purpose, for: self) }
        var fresh: [Call] = []
        let (known, writes) = known(calls, purpose: purpose)
        var results = known
        var positions: [Call: Int] = [:]
        for (call, result) in zip(calls, results) where result == nil && positions[call] == nil {
            positions[call] = fresh.count
            fresh.append(call)
        }
        guard !fresh.isEmpty else { return results.compactMap { $0 } }
        let outcomes = await broker.fetch(fresh, purpose: purpose, for: self)
        own.withLock { own in
            guard own.writes == writes else { return }
            for (call, outcome) in zip(fresh, outcomes) {
                let name = OwnCall(call: call, isShared: purpose.policy.isShared)
                own.outcomes[name] = (outcome, purpose.policy.maxAge)
            }
        }
        for index in results.indices where results[index] == nil {
            results[index] = positions[calls[index]].map { outcomes[$0] }
        }
        return results.map { $0 ?? .failed(.gatewayFailed) }
    }

    /// Drops what is known of calls, so that the next fetch makes them anew: their answers contradict each other.
    func forget(_ calls: [Call], purpose: CallPurpose) {
        own.withLock { own in
            for call in calls { own.outcomes[OwnCall(call: call, isShared: purpose.policy.isShared)] = nil }
        }
        for call in calls { broker.cache.remove(key(of: call, purpose: purpose)) }
    }

    /// Carries out a write; what this request has read before is forgotten.
    func write(_ write: UpstreamWrite, _ plan: WritePlan) async -> WriteOutcome {
        let outcome = await broker.write(write, plan, for: self)
        own.withLock { own in
            own.outcomes.removeAll()
            own.writes += 1
        }
        report.wrote()
        return outcome
    }
}
