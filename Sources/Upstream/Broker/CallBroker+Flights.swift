internal import Caching
internal import GraphQL
internal import JSON
private import Synchronization

extension CallBroker {
    /// A call that this caller makes, for itself and for all followers.
    // PERF: a class: it passes through every stage of a call, and has a dozen references.
    final class LeaderCall: Sendable {
        let position: Int
        let call: Call
        let key: CacheKey
        let leading: Leading
        /// Whether the caller's allowance has been charged for it.
        let isAllowed: Bool

        init(position: Int, call: Call, key: CacheKey, leading: Leading, isAllowed: Bool = true) {
            self.position = position
            self.call = call
            self.key = key
            self.leading = leading
            self.isAllowed = isAllowed
        }
    }

    /// A caller's role as the leader of a call.
    struct Leading: Sendable {
        let info: PendingCall
        /// The pending call that followers wait for, and its key; nil if calls are not shared.
        let entry: (entry: PendingCall.Table.Entry, key: CacheKey)?
    }

    /// A call that another caller makes.
    struct FollowerCall: Sendable {
        let position: Int
        let call: Call
        let key: CacheKey
        let entry: PendingCall.Table.Entry
    }

    enum Membership {
        case leader(Leading)
        case follower(PendingCall.Table.Entry)
    }

    /// Decides whether the caller makes a call or waits for another caller's.
    ///
    /// A credential that the upstream has not accepted lately shares calls only with itself, whatever the scope: it has to be
    /// accepted in a call of its own. No credential waits for the budget of another either.
    func join(_ key: CacheKey, _ purpose: CallPurpose, _ context: CallContext) -> Membership {
        let log = invalidationLogs[key.workspace]
        let own = context.credential(for: key.workspace)
        let info = PendingCall(
            startedAt: log.now,
            credential: own,
            listedType: purpose.listedType,
            promotion: CallPromotion(context.priority, context.lane)
        )
        guard options.deduplication else { return .leader(Leading(info: info, entry: nil)) }
        let name = CacheKey(
            workspace: key.workspace,
            scope: flightScope(key.scope, in: key.workspace, purpose, context),
            path: key.path
        )
        let membership = pendingCalls.join(name, latestEnd: context.deadline, info: info) { other in
            (other.credential == own || !other.isDelayed)
                && log.isCurrent(other.startedAt, purpose.subject(ofPath: key.path))
        }
        switch membership {
        case .leader(let entry): return .leader(Leading(info: info, entry: (entry, name)))
        case .follower(let entry):
            entry.info.promotion.raise(to: context.priority, context.lane)
            return .follower(entry)
        }
    }

    /// The scope of the callers that may join a call in flight, given the scope of its response.
    private func flightScope(
        _ scope: CacheScope,
        in workspace: Int,
        _ purpose: CallPurpose,
        _ context: CallContext
    ) -> CacheScope {
        guard case .workspace = scope else { return scope }
        let own = context.credential(for: workspace)
        return isAccepted(own, for: purpose, in: workspace)
            ? scope : .credential(own ?? Credential(authorization: nil))
    }

    private func isAccepted(_ credential: Credential?, for purpose: CallPurpose, in workspace: Int) -> Bool {
        guard let credential, let acceptance = workspaces[workspace].acceptances.lastAcceptance(of: credential) else {
            return false
        }
        return now() - acceptance <= purpose.policy.maxAge
    }

    // MARK: - Following

    /// Waits for another caller's call until this caller's deadline; makes the call itself if the leader could not.
    func follow(_ call: FollowerCall, purpose: CallPurpose, context: CallContext) async -> CallOutcome {
        let own = context.credential(for: call.key.workspace)
        let startedAt = now()
        let end = await call.entry.flight.wait(
            until: context.deadline,
            group: own.hashValue,
            scheduler: scheduler
        )
        if case .value = end { context.report.receivedResponse() }
        context.report.note(
            CallEvent(
                .shared,
                workspace: workspaces[call.key.workspace].slug,
                path: call.key.path,
                startedAt: startedAt,
                duration: now() - startedAt
            )
        )
        switch end {
        case .value(let result) where result.isForEveryone || call.entry.info.credential == own:
            return outcome(of: result, key: call.key, purpose: purpose, context: context)
        case .value, .abandoned:
            return await fetch([call.call], purpose: purpose, context: context).first ?? .failed(.gatewayFailed)
        case .deadlinePassed:
            let failure = FieldFailure(
                .upstreamTimeout,
                "The upstream did not respond in time.",
                more: workspaces[call.key.workspace].errorExtensions
            )
            return staleOutcome(for: failure, key: call.key, purpose: purpose, context: context) ?? .failed(failure)
        case .cancelled:
            return .failed(.cancelled)
        }
    }

    /// The outcome for one caller: a cached response in place of a failure of the upstream.
    private func outcome(
        of result: FlightResult,
        key: CacheKey,
        purpose: CallPurpose,
        context: CallContext
    ) -> CallOutcome {
        switch result.outcome {
        case .failed(let failure):
            return staleOutcome(for: failure, key: key, purpose: purpose, context: context) ?? result.outcome
        case .found, .missing:
            context.report.used(age: max(.zero, now() - result.generatedAt), policy: purpose.policy, fromCache: false)
            return result.outcome
        }
    }

    /// The cached response that replaces a failure of the upstream; nil if none is recent enough.
    private func staleOutcome(
        for failure: FieldFailure,
        key: CacheKey,
        purpose: CallPurpose,
        context: CallContext
    ) -> CallOutcome? {
        guard failure.isUpstreamsFault, let cached = response(for: key, purpose: purpose),
            let age = age(of: cached.generatedAt, in: key, context),
            age <= purpose.policy.maxAge + purpose.policy.staleIfError
        else { return nil }
        context.report.usedStale(age: age)
        noteCached(key, for: context)
        return cached.outcome
    }

    // MARK: - Leading

    /// Makes calls; each is settled as soon as its own response arrives.
    func lead(_ calls: [LeaderCall], purpose: CallPurpose, context: CallContext) async -> [(Int, CallOutcome)] {
        guard let first = calls.first else { return [] }
        if calls.allSatisfy({ $0.call.workspace == first.call.workspace }) {
            return await lead(calls, in: first.call.workspace, purpose: purpose, context: context)
        }
        // Workspaces are called concurrently: one that is slow or down delays no other.
        return await withTaskGroup(of: [(Int, CallOutcome)].self) { group in
            for (workspace, part) in Dictionary(grouping: calls, by: \.call.workspace) {
                group.addTask { [self] in await lead(part, in: workspace, purpose: purpose, context: context) }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func lead(
        _ calls: [LeaderCall],
        in workspace: Int,
        purpose: CallPurpose,
        context: CallContext
    ) async -> [(Int, CallOutcome)] {
        let (open, settled) = await openCalls(of: calls, purpose: purpose, context: context)
        guard !open.isEmpty else { return settled }
        let reads = open.map { open in
            UpstreamRead(
                call: open.call.call,
                validators: open.cached?.validators ?? CachedResponse.Validators(),
                purpose: purpose,
                promotion: open.call.leading.info.promotion,
                willBeDelayed: { open.call.leading.markDelayed() }
            )
        }
        let outcomes = Mutex(settled)
        await workspaces[workspace].read(reads, context: context) { [self] index, response in
            let call = open[index].call
            context.report.receivedResponse()
            // Without budget or time, or with an open circuit breaker, nothing was sent.
            if !response.wasSent { context.allowance.refund() }
            let result = settle(
                response,
                of: call,
                revalidating: open[index].cached,
                purpose: purpose,
                context: context
            )
            complete(call, with: response.isCallerFailure ? nil : result)
            noteFailure(result.outcome, ofStatus: response.status, for: call.key)
            let outcome = outcome(of: result, key: call.key, purpose: purpose, context: context)
            outcomes.withLock { $0.append((call.position, outcome)) }
        }
        return outcomes.withLock { $0 }
    }

    /// Records a failure whose status is a success, so that the health does not count it: while there is a stale response, not
    /// every request tries again.
    private func noteFailure(_ outcome: CallOutcome, ofStatus status: Int?, for key: CacheKey) {
        guard case .failed(let failure) = outcome, failure.isUpstreamsFault,
            // The budget waits after a 429.
            let status, status != 429, UpstreamHealth.Outcome(status: status) == .works
        else { return }
        failedRefreshes.note(key, at: now())
    }

    /// Fetches a response again in the background, unless a call for it is in flight or has just failed.
    func refresh(_ call: Call, key: CacheKey, purpose: CallPurpose, context: CallContext) {
        guard failedRefreshes.mayTry(key, at: now()), case .leader(let leading) = join(key, purpose, context) else {
            return
        }
        let workspace = workspaces[call.workspace]
        let deadline = workspace.now + workspace.timeout
        let background = context.inBackground(deadline: deadline)
        Task.detached(priority: .utility) { [self] in
            let leaderCall = LeaderCall(position: 0, call: call, key: key, leading: leading)
            let outcomes = await lead([leaderCall], purpose: purpose, context: background)
            if background.report.current.staleAge != nil { failedRefreshes.note(key, at: now()) }
            if case .failed? = outcomes.first?.1 { failedRefreshes.note(key, at: now()) }
        }
    }

    // MARK: - Lists in flight

    /// The lists of an entity type in flight that this caller may join, and whose responses will be current.
    func listsInFlight(
        of entity: Entity,
        in workspace: Int,
        purpose: CallPurpose,
        context: CallContext
    ) -> [PendingCall.Table.Entry] {
        guard options.deduplication, options.caching, options.batching, purpose.policy.isCacheable else { return [] }
        let scope = flightScope(context.scope(of: workspace, purpose: purpose), in: workspace, purpose, context)
        let log = invalidationLogs[workspace]
        return pendingCalls.entries { key, info in
            info.listedType == entity.type && key.workspace == workspace && key.scope == scope && !info.isDelayed
                && log.isCurrent(info.startedAt, .collection(entity.type))
        }
    }

    /// Waits for a list in flight, until an instant at most; returns false if it yields no response for this caller by then.
    func waitForList(
        _ entry: PendingCall.Table.Entry,
        in workspace: Int,
        until instant: ContinuousClock.Instant,
        context: CallContext
    ) async -> Bool {
        let group = context.credential(for: workspace).hashValue
        switch await entry.flight.wait(until: instant, group: group, scheduler: scheduler) {
        case .value: return true
        case .abandoned, .deadlinePassed, .cancelled: return false
        }
    }
}

extension CallBroker.Leading {
    /// Records that the call waits for its budget, and releases the followers with another credential.
    fileprivate func markDelayed() {
        info.markDelayed()
        entry?.entry.flight.abandonFollowers(except: info.credential.hashValue)
    }
}
