internal import Caching
internal import GraphQL
internal import JSON
private import Synchronization

/// The upstream calls of one client request, each of which is made at most once.
package final class CallSession: Sendable {
    private let broker: CallBroker
    /// The credentials, deadline and limits of the calls.
    package let context: CallContext
    /// The time at which the request began.
    private let start: ContinuousClock.Instant
    /// The outcomes of this request's calls: one that failed or may not be stored is still not made twice.
    private let own = Mutex(OwnCalls())

    private struct OwnCalls {
        var outcomes: [OwnCall: (outcome: CallOutcome, maxAge: Duration)] = [:]
        /// The number of writes: an outcome that was in flight during a write is not remembered.
        var writes = 0
    }

    /// A call of this request; one in the shared scope differs from the same call in a credential's own.
    private struct OwnCall: Hashable {
        let call: Call
        let isShared: Bool
    }

    /// Begins a client request.
    ///
    /// - Parameters:
    ///   - broker: where the calls are made.
    ///   - context: for whom they are made, and what is noted of them.
    package init(broker: CallBroker, context: CallContext) {
        self.broker = broker
        self.context = context
        start = broker.now()
    }

    /// The calls that the request has made and saved.
    package var report: CallReport { context.report }

    /// The time by which the client request must have its response.
    package var deadline: ContinuousClock.Instant { context.deadline }

    /// The credential for each workspace; nil where the caller has none.
    var credentials: [Credential?] { context.credentials }

    /// The workspaces that the caller may use.
    var usableWorkspaces: [Int] { context.usableWorkspaces }

    /// The credential for a workspace.
    func credential(for workspace: Int) -> Credential? { context.credential(for: workspace) }

    /// Whether the upstream has refused the credential for a workspace that it had accepted.
    func isCredentialRefused(in workspace: Int) -> Bool {
        context.credential(for: workspace).map { broker.workspaces[workspace].acceptances.isRefused($0) } ?? false
    }

    /// The scope of the callers that may see the response to a call.
    func scope(of workspace: Int, purpose: CallPurpose) -> CacheScope {
        context.scope(of: workspace, purpose: purpose)
    }

    // MARK: - What is known

    /// The optimizations in use.
    var options: CallOptimizations { broker.options }

    /// The knowledge about the upstream's collections and entities from earlier responses.
    var knowledge: UpstreamKnowledge { broker.knowledge }

    /// The current time, by which the age of responses is computed.
    func now() -> ContinuousClock.Instant { broker.now() }

    /// Waits until an instant; returns false, and early, if the task is cancelled.
    func sleep(until instant: ContinuousClock.Instant) async -> Bool { await broker.scheduler.sleep(until: instant) }

    /// The reader of a workspace's responses, which knows its conventions.
    func reader(of workspace: Int) -> ResponseReader { broker.workspaces[workspace].reader }

    /// The name of a workspace.
    func slug(of workspace: Int) -> String { broker.workspaces[workspace].slug }

    /// The failure of a call whose target is longer than any that is sent; nil: it is not too long.
    func refusal(ofTarget path: String, in workspace: Int) -> FieldFailure? {
        broker.workspaces[workspace].refusal(ofTarget: path)
    }

    /// The names of all workspaces, whether or not the caller may use them.
    var slugs: [String] { broker.workspaces.map(\.slug) }

    /// The rest of a credential's read budget in a workspace.
    func quota(of credential: Credential, in workspace: Int) -> QuotaSnapshot {
        broker.workspaces[workspace].quota(of: credential)
    }

    /// The present epoch of a workspace.
    func epoch(of workspace: Int) -> InvalidationLog.Epoch { broker.epoch(of: workspace) }

    /// Whether knowledge of an object from an epoch reflects every later invalidation of it.
    func isCurrent(_ epoch: InvalidationLog.Epoch, _ entity: Entity, key: String, workspace: Int) -> Bool {
        broker.isCurrent(epoch, entity, key: key, workspace: workspace)
    }

    /// Whether knowledge of a list from an epoch reflects every later invalidation that may concern its rows.
    func isCurrent(_ epoch: InvalidationLog.Epoch, listAt path: String, workspace: Int, purpose: CallPurpose) -> Bool {
        broker.invalidationLogs[workspace].isCurrent(epoch, purpose.subject(ofPath: path))
    }

    /// The view of the cache that this caller has: the responses that its credentials may see.
    package var view: CallerView { CallerView(credentials: credentials) }

    /// A number that grows with each invalidation of a response that the caller can see, or could see.
    package var changes: UInt64 { view.changes(in: broker) }

    // MARK: - Stored responses

    /// The stored response to a call, whatever its age.
    func storedResponse(to call: Call, purpose: CallPurpose) -> CachedResponse? {
        guard case .found(let cached) = broker.store.response(for: context.key(of: call, purpose: purpose)) else {
            return nil
        }
        return cached
    }

    /// Stores a list that was cut from another response as if it had been fetched, unless the stored response is as new.
    func store(_ response: CachedResponse, asCutFor call: Call, purpose: CallPurpose) {
        broker.store.store(response, entities: nil, for: context.key(of: call, purpose: purpose), if: .newer)
    }

    /// The outcome of a call that needs no waiting, from the cache of all requests; nil if there is none.
    func sharedOutcome(of call: Call, purpose: CallPurpose) -> CallOutcome? {
        broker.cachedOutcome(of: call, purpose: purpose, context: context)
    }

    /// The outcome of a call that needs no waiting, the same for the whole request; nil if there is none.
    func cachedOutcome(of call: Call, purpose: CallPurpose) -> CallOutcome? {
        guard broker.options.deduplication else {
            return broker.cachedOutcome(of: call, purpose: purpose, context: context)
        }
        if let known = known([call], purpose: purpose).outcomes.first ?? nil { return known }
        guard let cached = broker.cachedOutcome(of: call, purpose: purpose, context: context) else { return nil }
        let name = OwnCall(call: call, isShared: purpose.policy.isShared)
        own.withLock { $0.outcomes[name] = (cached, purpose.policy.maxAge) }
        return cached
    }

    /// Whether a call costs nothing now: this request has made it, or its response is cached.
    func holds(_ call: Call, purpose: CallPurpose) -> Bool {
        if broker.options.deduplication, usable([call], purpose: purpose).outcomes.first ?? nil != nil { return true }
        return broker.isCached(call, purpose: purpose, context: context)
    }

    /// The entity with a key from a response that may be used without waiting; nil if there is none.
    func cachedEntity(
        _ entity: Entity,
        key: String,
        workspace: Int,
        purpose: CallPurpose
    ) -> CachedRepresentation? {
        broker.cachedEntity(entity, key: key, workspace: workspace, purpose: purpose, context: context)
    }

    /// The entity with a key from a fresh response, not yet reported as used; nil if there is none.
    func freshEntity(_ entity: Entity, key: String, workspace: Int, purpose: CallPurpose) -> CachedUse? {
        broker.freshEntity(entity, key: key, workspace: workspace, purpose: purpose, context: context)
    }

    /// Records that cached entities are used.
    func report(_ uses: [CachedUse]) {
        for use in uses { broker.report(use, for: context) }
    }

    /// The latest cached representation of an entity that the caller may see, of any age; nil if there is none.
    func lastSeen(_ entity: Entity, key: String, workspace: Int, _ policy: CachePolicy) -> CachedEntity? {
        let scope = scope(of: workspace, purpose: CallPurpose(policy: policy, objectOf: entity))
        let name = EntityKey(workspace: workspace, scope: scope, type: entity.type, key: ExactString(key))
        // A credential that the upstream has not accepted may not see responses in the shared scope.
        guard let found = broker.store.entity(for: name),
            broker.age(of: found.generatedAt, in: found.response, context) != nil
        else { return nil }
        return found
    }

    // MARK: - Lists in flight

    /// The lists of an entity type in flight that this caller may join.
    func listsInFlight(of entity: Entity, in workspace: Int, purpose: CallPurpose) -> [PendingCall.Table.Entry] {
        broker.listsInFlight(of: entity, in: workspace, purpose: purpose, context: context)
    }

    /// Waits for a list in flight, until an instant at most; returns false if it yields no response for this caller by then.
    func waitForList(
        _ entry: PendingCall.Table.Entry,
        in workspace: Int,
        until instant: ContinuousClock.Instant
    ) async -> Bool {
        await broker.waitForList(entry, in: workspace, until: instant, context: context)
    }

    // MARK: - Calls

    /// Removes the outcomes of calls, so that the next fetch makes the calls again.
    func forget(_ calls: [Call], purpose: CallPurpose) {
        own.withLock { own in
            for call in calls { own.outcomes[OwnCall(call: call, isShared: purpose.policy.isShared)] = nil }
        }
        for call in calls { broker.forget(call, purpose: purpose, context: context) }
    }

    /// The outcomes of calls that this request has made, and the number of its writes so far.
    private func known(_ calls: [Call], purpose: CallPurpose) -> (outcomes: [CallOutcome?], writes: Int) {
        let usable = usable(calls, purpose: purpose)
        // It may be older than this field declares: the response is not to be cached.
        if usable.isOlder { report.used(age: purpose.policy.maxAge, policy: purpose.policy, fromCache: false) }
        return (usable.outcomes, usable.writes)
    }

    /// The outcomes of this request's calls that a field may use, the number of writes, and whether one of the outcomes was
    /// obtained for a field that allows a greater age.
    private func usable(
        _ calls: [Call],
        purpose: CallPurpose
    ) -> (outcomes: [CallOutcome?], writes: Int, isOlder: Bool) {
        let isShared = purpose.policy.isShared
        let (known, writes) = own.withLock { own in
            (calls.map { own.outcomes[OwnCall(call: $0, isShared: isShared)] }, own.writes)
        }
        var isOlder = false
        let outcomes = zip(calls, known).map { call, known -> CallOutcome? in
            guard let known, known.maxAge > purpose.policy.maxAge else { return known?.outcome }
            guard isNewEnough(call, purpose: purpose) else { return nil }
            isOlder = true
            return known.outcome
        }
        return (outcomes, writes, isOlder)
    }

    /// Whether the response to a call arrived while this request ran, or is no older than a field declares.
    private func isNewEnough(_ call: Call, purpose: CallPurpose) -> Bool {
        guard let stored = storedResponse(to: call, purpose: purpose), stored.generatedAt < start else { return true }
        return now() - stored.generatedAt <= purpose.policy.maxAge
    }

    /// Returns the outcome of each call; a call that the request has made before is not made again.
    package func fetch(_ calls: [Call], purpose: CallPurpose = CallPurpose()) async -> [CallOutcome] {
        guard broker.options.deduplication else {
            return await broker.fetch(calls, purpose: purpose, context: context)
        }
        var fresh: [Call] = []
        let (known, writes) = known(calls, purpose: purpose)
        var results = known
        var positions: [Call: Int] = [:]
        for (call, result) in zip(calls, results) where result == nil && positions[call] == nil {
            positions[call] = fresh.count
            fresh.append(call)
        }
        guard !fresh.isEmpty else { return results.compactMap { $0 } }
        let outcomes = await broker.fetch(fresh, purpose: purpose, context: context)
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

    /// Executes a write, and forgets the outcomes of the request's earlier reads.
    func write(_ write: UpstreamWrite, _ plan: WritePlan) async -> WriteOutcome {
        let outcome = await broker.write(write, plan, context: context)
        own.withLock { own in
            own.outcomes.removeAll()
            own.writes += 1
        }
        report.wrote()
        return outcome
    }
}
