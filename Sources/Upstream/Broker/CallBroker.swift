package import Caching
internal import GraphQL
internal import JSON

/// Decides for each call of all client requests whether its response is cached, in flight, or fetched from the upstream.
package final class CallBroker: Sendable {
    /// The workspaces, in the order of their indices.
    package let workspaces: [Workspace]
    /// The optimizations in use: batching, deduplication and caching.
    package let options: CallOptimizations
    /// The cache of responses.
    let store: any ResponseStore
    let knowledge = UpstreamKnowledge()
    let pendingCalls = PendingCall.Table()
    /// The invalidation log of each workspace, by its index.
    let invalidationLogs: [InvalidationLog]
    /// The feed of each workspace's changes, by its index.
    package let changeFeeds: [ChangeFeed]
    /// The status of each workspace's webhooks, by its index.
    let reports: [ReportStatus]
    /// The objects that each workspace has reported missing, by its index.
    let absenceLogs: [AbsenceLog]
    let failedRefreshes = FailedRefreshes()
    /// The clock of deadlines and its timers.
    package let scheduler: Scheduler
    /// The clock by which the age of responses is computed.
    package let now: @Sendable () -> ContinuousClock.Instant

    /// Makes a broker.
    ///
    /// - Parameters:
    ///   - workspaces: in the order of their indices.
    ///   - options: which optimizations are in use.
    ///   - store: where responses are stored; nil: in memory.
    ///   - now: the clock, replaced in tests.
    ///   - schedule: calls a function at an instant; replaced in tests.
    package init(
        workspaces: [Workspace],
        options: CallOptimizations = CallOptimizations(),
        store: (any ResponseStore)? = nil,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now },
        schedule: @escaping Scheduler.Timer = Scheduler.systemTimer
    ) {
        self.workspaces = workspaces
        self.options = options
        self.now = now
        scheduler = Scheduler(now: now, schedule: schedule)
        let store = store ?? InMemoryResponseStore(workspaces: workspaces.count)
        self.store = store
        invalidationLogs = workspaces.indices.map { store.invalidations(of: $0) }
        changeFeeds = workspaces.map { _ in ChangeFeed() }
        reports = workspaces.map { _ in ReportStatus() }
        absenceLogs = workspaces.map { _ in AbsenceLog() }
    }

    /// The bytes that stored responses take up in this process, and the most that they may; nil if the store does not know.
    package var memoryUse: (bytes: Int, capacity: Int)? { store.memoryUse }

    /// The number of calls in flight that other callers may join.
    package var pendingCallCount: Int { pendingCalls.count }

    /// Returns the outcome of each call: cached, shared or made.
    ///
    /// Each call is settled as soon as its own response arrives, so that other requests do not wait for all of them.
    func fetch(_ calls: [Call], purpose: CallPurpose, context: CallContext) async -> [CallOutcome] {
        var outcomes = [CallOutcome?](repeating: nil, count: calls.count)
        var led: [LeaderCall] = []
        var followed: [FollowerCall] = []
        for (position, call) in calls.enumerated() {
            if let failure = workspaces[call.workspace].refusal(ofTarget: call.path) {
                outcomes[position] = .failed(failure)
                continue
            }
            let key = context.key(of: call, purpose: purpose)
            if let outcome = usableOutcome(of: call, key: key, purpose: purpose, context: context) {
                outcomes[position] = outcome
                continue
            }
            switch join(key, purpose, context) {
            case .leader(let leading):
                let isAllowed = context.allowance.begin()
                led.append(
                    LeaderCall(position: position, call: call, key: key, leading: leading, isAllowed: isAllowed)
                )
            case .follower(let entry):
                followed.append(FollowerCall(position: position, call: call, key: key, entry: entry))
            }
        }
        if !followed.isEmpty { context.report.shared(followed.count) }
        if followed.isEmpty {
            for (position, outcome) in await lead(led, purpose: purpose, context: context) {
                outcomes[position] = outcome
            }
        } else if led.isEmpty, followed.count == 1 {
            outcomes[followed[0].position] = await follow(followed[0], purpose: purpose, context: context)
        } else {
            for (position, outcome) in await leadAndFollow(led, followed, purpose: purpose, context: context) {
                outcomes[position] = outcome
            }
        }
        return outcomes.map { $0 ?? .failed(.gatewayFailed) }
    }

    private func leadAndFollow(
        _ led: [LeaderCall],
        _ followed: [FollowerCall],
        purpose: CallPurpose,
        context: CallContext
    ) async -> [(Int, CallOutcome)] {
        await withTaskGroup(of: [(Int, CallOutcome)].self) { group in
            if !led.isEmpty {
                group.addTask { [self] in await lead(led, purpose: purpose, context: context) }
            }
            for call in followed {
                group.addTask { [self] in
                    [(call.position, await follow(call, purpose: purpose, context: context))]
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    // MARK: - Cached responses

    /// The outcome of a call that needs no waiting; nil if there is none.
    func cachedOutcome(of call: Call, purpose: CallPurpose, context: CallContext) -> CallOutcome? {
        usableOutcome(of: call, key: context.key(of: call, purpose: purpose), purpose: purpose, context: context)
    }

    /// The entity with a key from a response that may be used without waiting; nil if there is none.
    func cachedEntity(
        _ entity: Entity,
        key: String,
        workspace: Int,
        purpose: CallPurpose,
        context: CallContext
    ) -> CachedRepresentation? {
        guard let use = cachedUse(of: entity, key: key, workspace: workspace, purpose: purpose, context: context) else {
            return nil
        }
        switch use.policy.freshness(ofAge: use.age) {
        case .fresh: break
        case .whileRevalidating where refresh(use.found, of: entity, purpose: purpose, context: context): break
        case .whileRevalidating, .ifError, .useless: return nil
        }
        report(use, for: context)
        return use.representation
    }

    /// The entity with a key from a fresh response, not yet reported as used; nil if there is none.
    func freshEntity(
        _ entity: Entity,
        key: String,
        workspace: Int,
        purpose: CallPurpose,
        context: CallContext
    ) -> CachedUse? {
        guard let use = cachedUse(of: entity, key: key, workspace: workspace, purpose: purpose, context: context),
            case .fresh = use.policy.freshness(ofAge: use.age)
        else { return nil }
        return use
    }

    /// Records that a cached entity is used.
    func report(_ use: CachedUse, for context: CallContext) {
        context.report.used(age: use.age, policy: use.policy, fromCache: true)
        noteCached(use.found.response, for: context)
    }

    /// The entity with a key from a response of any age that the caller may see.
    private func cachedUse(
        of entity: Entity,
        key: String,
        workspace: Int,
        purpose: CallPurpose,
        context: CallContext
    ) -> CachedUse? {
        guard options.caching, options.batching, purpose.policy.isCacheable else { return nil }
        let scope = context.scope(of: workspace, purpose: purpose)
        let name = EntityKey(workspace: workspace, scope: scope, type: entity.type, key: ExactString(key))
        guard let found = store.entity(for: name),
            isCurrent(
                found.startedAt,
                of: found.response,
                .object(entity.type, path: entity.path(of: key)),
                showing: (entity.type, [AbsenceLog.hash(ofKey: key)])
            ),
            let age = age(of: found.generatedAt, in: found.response, context)
        else { return nil }
        return CachedUse(found: found, age: age, policy: policy(of: purpose, in: workspace, age: age, context))
    }

    /// Removes a cached response.
    func forget(_ call: Call, purpose: CallPurpose, context: CallContext) {
        _ = store.remove(context.key(of: call, purpose: purpose))
    }

    /// Whether the response to a call is cached and usable, so that the call costs nothing now.
    func isCached(_ call: Call, purpose: CallPurpose, context: CallContext) -> Bool {
        let key = context.key(of: call, purpose: purpose)
        guard let cached = response(for: key, purpose: purpose), let age = age(of: cached.generatedAt, in: key, context)
        else { return false }
        switch policy(of: purpose, in: key.workspace, age: age, context).freshness(ofAge: age) {
        case .fresh: return true
        case .whileRevalidating: return !cached.isCut
        case .ifError, .useless: return false
        }
    }

    /// The cached response for a key, corrected by later writes; nil if none is cached or it is known to be out of date.
    func response(for key: CacheKey, purpose: CallPurpose) -> CachedResponse? {
        guard options.caching, purpose.policy.isCacheable, case .found(let cached) = store.response(for: key) else {
            return nil
        }
        return current(cached, for: key, purpose: purpose)
    }

    /// A stored response, corrected by later writes; nil if it is known to be out of date.
    func current(_ cached: CachedResponse, for key: CacheKey, purpose: CallPurpose) -> CachedResponse? {
        let log = invalidationLogs[key.workspace]
        // PERF: there are nearly always no invalidations since.
        if cached.startedAt >= log.now { return cached }
        guard isAllowed(cached.startedAt, of: key, showing: purpose.listedType.map { ($0, cached.keyHashes) }) else {
            return nil
        }
        return log.isCurrent(cached.startedAt, purpose.subject(ofPath: key.path))
            ? cached : corrected(cached, for: key, purpose)
    }

    /// The age of a response for a caller; nil if the caller may not see it, or wants a newer one.
    ///
    /// A response in the shared scope is shown only to credentials that the upstream has accepted, and its age counts from that
    /// acceptance if that is older.
    func age(of generatedAt: ContinuousClock.Instant, in key: CacheKey, _ context: CallContext) -> Duration? {
        if let start = context.readsAfter, generatedAt < start { return nil }
        let now = now()
        guard case .workspace = key.scope else { return max(.zero, now - generatedAt) }
        guard let credential = context.credential(for: key.workspace),
            let acceptance = workspaces[key.workspace].acceptances.lastAcceptance(of: credential)
        else { return nil }
        return max(.zero, now - min(generatedAt, acceptance))
    }

    /// Whether a response whose call began at an epoch reflects every invalidation since.
    ///
    /// - Parameters:
    ///   - startedAt: the epoch.
    ///   - key: the cache key of the response.
    ///   - subject: the object or list that it shows.
    ///   - objects: the objects that it lists, by the hashes of their keys.
    /// - Returns: false if it is out of date.
    func isCurrent(
        _ startedAt: InvalidationLog.Epoch,
        of key: CacheKey,
        _ subject: @autoclosure () -> InvalidationLog.Subject,
        showing objects: @autoclosure () -> (type: TypeID, keyHashes: [UInt32])?
    ) -> Bool {
        let log = invalidationLogs[key.workspace]
        if startedAt >= log.now { return true }
        return log.isCurrent(startedAt, subject()) && isAllowed(startedAt, of: key, showing: objects())
    }

    /// Whether the upstream, since an epoch, has neither refused a response's credential nor denied any of its objects.
    private func isAllowed(
        _ startedAt: InvalidationLog.Epoch,
        of key: CacheKey,
        showing objects: @autoclosure () -> (type: TypeID, keyHashes: [UInt32])?
    ) -> Bool {
        if case .credential(let credential) = key.scope,
            !workspaces[key.workspace].acceptances.isCurrent(startedAt, credential)
        {
            return false
        }
        guard let objects = objects() else { return true }
        return absenceLogs[key.workspace].isCurrent(startedAt, objects.type, key.scope, keyHashes: objects.keyHashes)
    }

    /// The outcome of a cached response that may be used without waiting; nil if there is none.
    private func usableOutcome(
        of call: Call,
        key: CacheKey,
        purpose: CallPurpose,
        context: CallContext
    ) -> CallOutcome? {
        guard let cached = response(for: key, purpose: purpose),
            let age = age(of: cached.generatedAt, in: key, context)
        else { return nil }
        let policy = policy(of: purpose, in: key.workspace, age: age, context)
        switch policy.freshness(ofAge: age) {
        case .fresh:
            break
        case .whileRevalidating where cached.isCut:
            return nil
        case .whileRevalidating:
            refresh(call, key: key, purpose: purpose, context: context)
        case .ifError where !failedRefreshes.mayTry(key, at: now()):
            context.report.usedStale(age: age)
            noteCached(key, for: context)
            return cached.outcome
        case .ifError, .useless:
            return nil
        }
        context.report.used(age: age, policy: policy, fromCache: true)
        noteCached(key, for: context)
        return cached.outcome
    }

    /// The policy by which a response is used now: while webhooks report changes of its objects, it may be older.
    func policy(of purpose: CallPurpose, in workspace: Int, age: Duration, _ context: CallContext) -> CachePolicy {
        reports[workspace].policy(
            purpose.policy,
            for: purpose.entity?.type,
            age: age,
            context.credential(for: workspace),
            at: now()
        )
    }

    /// Records that a response came from the cache.
    func noteCached(_ key: CacheKey, for context: CallContext) {
        context.report.note(
            CallEvent(.cache, workspace: workspaces[key.workspace].slug, path: key.path, startedAt: now())
        )
    }
}
