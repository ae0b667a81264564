package import Caching
internal import GraphQL
internal import JSON

/// Where all calls of all client requests come together: cached responses, calls in flight, and the upstreams.
package final class CallBroker: Sendable {
    package let workspaces: [Workspace]
    package let options: CallOptimizations
    /// Where responses are stored.
    let store: any ResponseStore
    let knowledge = UpstreamKnowledge()
    let pendingCalls = PendingCall.Table()
    /// The invalidations of each workspace's own writes.
    let invalidationLogs: [InvalidationLog]
    /// The changes of each workspace's objects that this process learns of.
    package let changeFeeds: [ChangeFeed]
    /// Whether each workspace's webhooks report changes.
    let reports: [ReportStatus]
    /// The objects that each workspace has reported missing.
    let absenceLogs: [AbsenceLog]
    let failedRefreshes = FailedRefreshes()
    /// The clock of deadlines and its timers.
    package let scheduler: Scheduler
    /// The clock by which responses age.
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

    /// The bytes that stored responses take up in this process, and the most that they may; nil: it is not known.
    package var memoryUse: (bytes: Int, capacity: Int)? { store.memoryUse }

    /// How many calls are in flight that others may join.
    package var pendingCallCount: Int { pendingCalls.count }

    /// The outcome of each call: cached, shared or made.
    ///
    /// Each call is settled as soon as its own response is there: who waits for one of them does not wait for all.
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

    /// The outcome of a call that needs no waiting, if there is one.
    func cachedOutcome(of call: Call, purpose: CallPurpose, context: CallContext) -> CallOutcome? {
        usableOutcome(of: call, key: context.key(of: call, purpose: purpose), purpose: purpose, context: context)
    }

    /// The entity with a key, if it is in a response that may be used without waiting.
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

    /// The entity with a key, if it is in a fresh response; it has not been reported as used.
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

    /// Notes that a cached entity is used.
    func report(_ use: CachedUse, for context: CallContext) {
        context.report.used(age: use.age, policy: use.policy, fromCache: true)
        noteCached(use.found.response, for: context)
    }

    /// The entity with a key, if it is in a response that the caller may be shown, however old that is.
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

    /// Drops a cached response.
    func forget(_ call: Call, purpose: CallPurpose, context: CallContext) {
        _ = store.remove(context.key(of: call, purpose: purpose))
    }

    /// Whether a call costs nothing now.
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

    /// The response that is cached for a key, unless it is known to be out of date; corrected by the writes since, if need be.
    func response(for key: CacheKey, purpose: CallPurpose) -> CachedResponse? {
        guard options.caching, purpose.policy.isCacheable, case .found(let cached) = store.response(for: key) else {
            return nil
        }
        return current(cached, for: key, purpose: purpose)
    }

    /// A stored response as it is now; nil if it is known to be out of date.
    func current(_ cached: CachedResponse, for key: CacheKey, purpose: CallPurpose) -> CachedResponse? {
        let log = invalidationLogs[key.workspace]
        // PERF: nearly always nothing has ended since.
        if cached.startedAt >= log.now { return cached }
        guard isAllowed(cached.startedAt, of: key, showing: purpose.listedType.map { ($0, cached.keyHashes) }) else {
            return nil
        }
        return log.isCurrent(cached.startedAt, purpose.subject(ofPath: key.path))
            ? cached : corrected(cached, for: key, purpose)
    }

    /// How old a response is for a caller; nil if the caller may not be shown it, or wants a newer one.
    ///
    /// What every credential of a workspace may see is shown to one that the upstream has accepted itself, and is as old
    /// as that acceptance if that is older.
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
    ///   - subject: what it shows.
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

    /// Whether since an epoch the upstream has not refused a response's credential, and has denied none of its objects.
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

    /// A cached response's outcome, if it may be used without asking first.
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

    /// How old a response may be now: older while webhooks report the changes of what it shows.
    func policy(of purpose: CallPurpose, in workspace: Int, age: Duration, _ context: CallContext) -> CachePolicy {
        reports[workspace].policy(
            purpose.policy,
            for: purpose.entity?.type,
            age: age,
            context.credential(for: workspace),
            at: now()
        )
    }

    /// Notes that a response came from the cache.
    func noteCached(_ key: CacheKey, for context: CallContext) {
        context.report.note(
            CallEvent(.cache, workspace: workspaces[key.workspace].slug, path: key.path, startedAt: now())
        )
    }
}
