internal import GraphQL
internal import JSON

/// Where all calls of all client requests come together: kept answers, calls on their way, and the upstreams.
package final class CallBroker: Sendable {
    package let workspaces: [Workspace]
    package let options: CallOptimizations
    let cache: ResponseCache
    let knowledge = UpstreamKnowledge()
    private let pendingCalls = SingleFlight()
    /// The writes of each workspace.
    let invalidationLogs: [InvalidationLog]
    /// The clock by which answers age.
    package let now: @Sendable () -> ContinuousClock.Instant

    /// Makes a broker.
    ///
    /// - Parameters:
    ///   - workspaces: in the order of their indices.
    ///   - options: which means to spend fewer calls are in use.
    ///   - cacheBytes: the most bytes of kept answers.
    ///   - now: the clock, replaced in tests.
    package init(
        workspaces: [Workspace],
        options: CallOptimizations = CallOptimizations(),
        cacheBytes: Int = 64 << 20,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.workspaces = workspaces
        self.options = options
        self.now = now
        cache = ResponseCache(capacity: cacheBytes)
        invalidationLogs = workspaces.map { _ in InvalidationLog() }
    }

    /// One call on its way through the broker.
    private struct LeaderCall {
        let position: Int
        let call: Call
        let key: CacheKey
        let pendingCall: PendingCall?
        let cached: CachedResponse?
        /// The writes that the answer will know of.
        let startedAt: InvalidationLog.Epoch
    }

    /// The outcome of each call: kept, shared or made.
    func fetch(_ calls: [Call], purpose: CallPurpose, for session: CallSession) async -> [CallOutcome] {
        var outcomes = [CallOutcome?](repeating: nil, count: calls.count)
        var led: [LeaderCall] = []
        var joined: [(position: Int, pendingCall: PendingCall)] = []
        for (position, call) in calls.enumerated() {
            let key = session.key(of: call, purpose: purpose)
            let cached = answer(for: key, purpose: purpose)
            if let cached, let outcome = use(cached, of: call, key: key, purpose: purpose, session) {
                outcomes[position] = outcome
                continue
            }
            guard options.deduplication else {
                let startedAt = invalidationLogs[call.workspace].now
                led.append(
                    LeaderCall(
                        position: position,
                        call: call,
                        key: key,
                        pendingCall: nil,
                        cached: cached,
                        startedAt: startedAt
                    )
                )
                continue
            }
            switch join(key, purpose) {
            case .leader(let pendingCall):
                let leaderCall = LeaderCall(
                    position: position,
                    call: call,
                    key: key,
                    pendingCall: pendingCall,
                    cached: cached,
                    startedAt: pendingCall.startedAt
                )
                led.append(leaderCall)
            case .follower(let pendingCall):
                joined.append((position, pendingCall))
            }
        }
        if !led.isEmpty {
            let made = await lead(led, purpose: purpose, session)
            for (leaderCall, outcome) in zip(led, made) { outcomes[leaderCall.position] = outcome }
        }
        if !joined.isEmpty { session.report.shared(joined.count) }
        for (position, pendingCall) in joined {
            guard let result = await pendingCall.result() else { continue }
            outcomes[position] = result.outcome
            session.report.joined(result, policy: purpose.policy)
        }
        let abandoned = joined.map(\.position).filter { outcomes[$0] == nil }
        if !abandoned.isEmpty {
            let again = await fetch(abandoned.map { calls[$0] }, purpose: purpose, for: session)
            for (position, outcome) in zip(abandoned, again) { outcomes[position] = outcome }
        }
        return outcomes.map { $0 ?? .failed(.gatewayFailed) }
    }

    /// The outcome of a call that needs no waiting, if there is one.
    func cachedOutcome(of call: Call, purpose: CallPurpose, for session: CallSession) -> CallOutcome? {
        let key = session.key(of: call, purpose: purpose)
        guard let cached = answer(for: key, purpose: purpose) else { return nil }
        return use(cached, of: call, key: key, purpose: purpose, session)
    }

    /// The entity with a key, if it stands in an answer that may be used without waiting.
    func cachedEntity(
        _ entity: Entity,
        key: String,
        workspace: Int,
        purpose: CallPurpose,
        for session: CallSession
    ) -> CachedRepresentation? {
        guard options.caching, options.batching, purpose.policy.isCacheable else { return nil }
        let scope = session.scope(of: workspace, purpose: purpose)
        let name = ResponseCache.EntityKey(workspace: workspace, scope: scope, type: entity.type, key: ExactString(key))
        guard let found = cache.entity(for: name),
            invalidationLogs[workspace].isCurrent(found.startedAt, .object(entity.type, path: entity.path(of: key)))
        else { return nil }
        let age = now() - found.storedAt
        guard case .fresh = purpose.policy.freshness(ofAge: age) else { return nil }
        session.report.used(age: age, policy: purpose.policy, fromCache: true)
        return CachedRepresentation(document: found.document, node: found.node, path: found.answer.path)
    }

    /// Whether a call costs nothing now.
    func isCached(_ call: Call, purpose: CallPurpose, for session: CallSession) -> Bool {
        guard let cached = answer(for: session.key(of: call, purpose: purpose), purpose: purpose) else { return false }
        switch purpose.policy.freshness(ofAge: now() - cached.storedAt) {
        case .fresh, .whileRevalidating: return true
        case .ifError, .useless: return false
        }
    }

    private func answer(for key: CacheKey, purpose: CallPurpose) -> CachedResponse? {
        guard options.caching, purpose.policy.isCacheable, let cached = cache.answer(for: key) else { return nil }
        let isCurrent = invalidationLogs[key.workspace].isCurrent(cached.startedAt, purpose.subject(ofPath: key.path))
        return isCurrent ? cached : corrected(cached, for: key, purpose)
    }

    private func join(_ key: CacheKey, _ purpose: CallPurpose) -> SingleFlight.Membership {
        let invalidationLog = invalidationLogs[key.workspace]
        return pendingCalls.join(key, now: invalidationLog.now) { startedAt in
            invalidationLog.isCurrent(startedAt, purpose.subject(ofPath: key.path))
        }
    }

    /// A kept answer's outcome, if it may be used without asking first.
    private func use(
        _ cached: CachedResponse,
        of call: Call,
        key: CacheKey,
        purpose: CallPurpose,
        _ session: CallSession
    ) -> CallOutcome? {
        let age = now() - cached.storedAt
        switch purpose.policy.freshness(ofAge: age) {
        case .fresh:
            break
        case .whileRevalidating:
            refresh(cached, of: call, key: key, purpose: purpose, session)
        case .ifError, .useless:
            return nil
        }
        session.report.used(age: age, policy: purpose.policy, fromCache: true)
        return cached.outcome
    }

    // MARK: - Making calls

    /// Fetches an answer anew in the background, unless that is under way.
    private func refresh(
        _ cached: CachedResponse,
        of call: Call,
        key: CacheKey,
        purpose: CallPurpose,
        _ session: CallSession
    ) {
        guard case .leader(let pendingCall) = join(key, purpose) else { return }
        let background = session.inBackground()
        Task.detached(priority: .utility) { [self] in
            let leaderCall = LeaderCall(
                position: 0,
                call: call,
                key: key,
                pendingCall: pendingCall,
                cached: cached,
                startedAt: pendingCall.startedAt
            )
            _ = await lead([leaderCall], purpose: purpose, background)
        }
    }

    /// Makes calls, keeps their answers, and lands their flights.
    private func lead(_ leaderCalls: [LeaderCall], purpose: CallPurpose, _ session: CallSession) async -> [CallOutcome]
    {
        let requests = leaderCalls.map { leaderCall in
            UpstreamRead(
                call: leaderCall.call,
                validators: leaderCall.cached?.validators ?? CachedResponse.Validators(),
                purpose: purpose
            )
        }
        let answers = await makeCalls(requests, session)
        return zip(leaderCalls, answers).map { leaderCall, answer in
            let result = settle(answer, leaderCall, purpose: purpose, session)
            if let pendingCall = leaderCall.pendingCall {
                pendingCalls.complete(pendingCall, for: leaderCall.key, answer.isCallerFailure ? nil : result)
            }
            return result.outcome
        }
    }

    private func makeCalls(_ reads: [UpstreamRead], _ session: CallSession) async -> [UpstreamResponse] {
        guard let first = reads.first else { return [] }
        guard reads.contains(where: { $0.call.workspace != first.call.workspace }) else {
            return await workspaces[first.call.workspace].read(reads, for: session)
        }
        // Workspaces are asked side by side: one that is slow or down holds up no other.
        let groups = Dictionary(grouping: reads.indices) { reads[$0].call.workspace }
        return await withTaskGroup(of: [(Int, UpstreamResponse)].self) { group in
            for (workspace, indices) in groups {
                group.addTask { [workspaces] in
                    let answers = await workspaces[workspace].read(indices.map { reads[$0] }, for: session)
                    return Array(zip(indices, answers))
                }
            }
            var answers = [UpstreamResponse](
                repeating: UpstreamResponse(outcome: .failed(.gatewayFailed)),
                count: reads.count
            )
            for await part in group {
                for (index, answer) in part { answers[index] = answer }
            }
            return answers
        }
    }

    /// Keeps what is worth keeping; falls back on what is kept if the call failed.
    private func settle(
        _ answer: UpstreamResponse,
        _ leaderCall: LeaderCall,
        purpose: CallPurpose,
        _ session: CallSession
    ) -> PendingCall.FlightResult {
        let instant = now()
        if answer.isNotModified, let cached = leaderCall.cached {
            if isCurrent(leaderCall, purpose) {
                cache.refresh(cached, for: leaderCall.key, at: instant, startedAt: leaderCall.startedAt)
            }
            session.report.used(age: .zero, policy: purpose.policy, fromCache: false)
            return PendingCall.FlightResult(outcome: cached.outcome)
        }
        switch answer.outcome {
        case .failed(let failure):
            guard let cached = leaderCall.cached, failure.isUpstreamsFault,
                case let age = instant - cached.storedAt, age <= purpose.policy.maxAge + purpose.policy.staleIfError
            else { return PendingCall.FlightResult(outcome: answer.outcome) }
            session.report.usedStale(age: age)
            return PendingCall.FlightResult(outcome: cached.outcome, staleAge: age)
        case .answered(let document):
            session.report.used(age: .zero, policy: purpose.policy, fromCache: false)
            store(document, answer.validators, of: leaderCall, purpose: purpose, at: instant)
        case .missing:
            session.report.used(age: .zero, policy: purpose.policy, fromCache: false)
            store(nil, answer.validators, of: leaderCall, purpose: purpose, at: instant)
        }
        return PendingCall.FlightResult(outcome: answer.outcome)
    }

    private func isCurrent(_ leaderCall: LeaderCall, _ purpose: CallPurpose) -> Bool {
        invalidationLogs[leaderCall.key.workspace].isCurrent(
            leaderCall.startedAt,
            purpose.subject(ofPath: leaderCall.key.path)
        )
    }

    private func store(
        _ document: SourceDocument?,
        _ validators: CachedResponse.Validators,
        of leaderCall: LeaderCall,
        purpose: CallPurpose,
        at instant: ContinuousClock.Instant
    ) {
        // What is older than a write must not take the place of what is newer.
        guard options.caching, purpose.policy.isCacheable, isCurrent(leaderCall, purpose) else { return }
        let key = leaderCall.key
        if let document, !admit(document, of: key, purpose: purpose, startedAt: leaderCall.startedAt) { return }
        let cached = cache.store(
            document,
            validators: validators,
            for: key,
            at: instant,
            startedAt: leaderCall.startedAt
        )
        guard let document, let entity = purpose.entity, options.batching else { return }
        let reader = workspaces[key.workspace].reader
        let nodes =
            purpose.isCollection
            ? reader.rowNodes(in: document) : [reader.object(in: document, expecting: purpose.content)]
        let places = nodes.compactMap { node -> (key: String, node: Int)? in
            guard let node, let name = document.json.member(entity.key, of: node),
                let text = document.json.scalarText(of: name)
            else { return nil }
            return (text, node)
        }
        cache.index(places, of: entity.type, in: cached, for: key)
    }
}

extension FieldFailure {
    /// Something that should not happen did.
    static let gatewayFailed = FieldFailure(.internal, "The gateway failed.")

    /// Whether a kept answer may stand in: the upstream is to blame, not the call.
    var isUpstreamsFault: Bool {
        guard case .string(let text)? = extensions["code"] else { return false }
        let codes: [ErrorCode] = [
            .rateLimited, .upstreamError, .upstreamTimeout, .upstreamInvalidResponse, .upstreamOutcomeUnknown,
            .workspaceUnavailable,
        ]
        return codes.contains { $0.rawValue == text }
    }
}
