internal import Caching
package import GraphQL
internal import JSON
private import Synchronization

/// Polls for changes that no webhook reports, as long as subscribers want to learn of them: one reader for each collection, workspace
/// and key, which all its subscribers share; and one for each collection and workspace that checks whether webhooks report changes.
package final class ChangePolling: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// The collection, workspace and key of a reader.
    struct Name: Hashable {
        let workspace: Int
        let type: TypeID
        let credential: Credential
    }

    struct Reader {
        /// A number that distinguishes the reader from an earlier one of the same name.
        let id: UInt64
        /// The number of leases that are held.
        var followers = 1
        /// The time of the last request to confirm that webhooks report changes; nil: there was none.
        var demandedAt: Instant?
        var watch = CollectionWatch()
        /// The validators of the newest page.
        var validators = CachedResponse.Validators()
        /// The time at which each page was last read.
        var readAt: [CollectionWatch.Turn: Instant] = [:]
        /// The time since which changes are noticed; nil: nothing has been read with which they could be compared.
        var noticesSince: Instant?
        /// The upstream's reason for not accepting the key in the last call; nil: it accepted the key.
        var refusal: FieldFailure?
        /// The functions to call when the upstream does not accept the key, by lease.
        var whenRefused: [UInt64: @Sendable (FieldFailure) -> Void] = [:]
    }

    private struct State {
        /// The health of each workspace's webhooks, by its index.
        var hooks: [WebhookHealth]
        var readers: [Name: Reader] = [:]
        var lastID: UInt64 = 0
        var lastLease: UInt64 = 0
        /// The number of readers that are reading a page.
        var busy = 0
    }

    let broker: CallBroker
    private let collections: [TypeID: PolledCollection]
    private let options: PollOptions
    private let schedule: PollSchedule
    private let state: Mutex<State>

    /// The time for which polls confirm that webhooks report changes, after a request for it: a choice, as long as responses are fresh
    /// meanwhile in the schema that comes with the gateway, so that a response used once in that time stays fresh.
    private static let demand = Duration.seconds(300)
    /// The shortest time until a failed poll is repeated: a choice, half of the time between two polls that confirm.
    private static let pauseAfterFailure = Duration.seconds(30)
    /// The caller of polls, which takes turns with others in the queue for the budget.
    static let caller = CallerID("polls for changes")

    /// Makes a poller.
    ///
    /// - Parameters:
    ///   - broker: makes the calls, and applies the changes.
    ///   - collections: the collections that can be polled, by the type of their objects.
    ///   - options: the limits of what polling may cost.
    package init(broker: CallBroker, collections: [TypeID: PolledCollection], options: PollOptions = PollOptions()) {
        self.broker = broker
        self.collections = collections
        self.options = options
        schedule = PollSchedule(reserve: options.reserve)
        state = Mutex(State(hooks: broker.workspaces.map { _ in WebhookHealth() }))
    }

    /// The number of readers.
    package var readerCount: Int { state.withLock { $0.readers.count } }

    /// The number of readers that are reading a page.
    package var busyReaders: Int { state.withLock { $0.busy } }

    /// Whether a workspace's webhooks report changes, as far as is known.
    package func reportsChanges(_ workspace: Int) -> Bool { state.withLock { $0.hooks[workspace].reportsChanges } }

    /// Begins to observe the changes that webhooks and writes of this process report.
    package func begin() {
        for feed in broker.changeFeeds {
            feed.observe { [weak self] change, source in self?.noteReport(change, source) }
        }
        for (workspace, status) in broker.reports.enumerated() {
            status.onDemand(of: collections.keys) { [weak self] type, credential in
                self?.confirm(Name(workspace: workspace, type: type, credential: credential))
            }
        }
    }

    private func noteReport(_ change: Change, _ source: ChangeFeed.Source) {
        guard let key = change.key, source != .poll else { return }
        let now = broker.now()
        if source == .event { broker.reports[change.workspace].noteEvent() }
        state.withLock { $0.hooks[change.workspace].report(change.type, key: key, byEvent: source == .event, at: now) }
    }

    /// Polls for changes of a type's objects, until the lease ends.
    ///
    /// - Parameters:
    ///   - type: the type.
    ///   - workspace: the index of the workspace.
    ///   - credential: the key whose budget the polls take, and which sees the objects.
    /// - Returns: the lease; nil: the type is not polled.
    package func follow(_ type: TypeID, in workspace: Int, credential: Credential) -> PollLease? {
        guard options.isEnabled, collections[type] != nil else { return nil }
        let name = Name(workspace: workspace, type: type, credential: credential)
        let lease = state.withLock { state in
            state.lastLease += 1
            return state.lastLease
        }
        let (id, isNew) = state.withLock { state in
            if var reader = state.readers.removeValue(forKey: name) {
                reader.followers += 1
                state.readers[name] = reader
                return (reader.id, false)
            }
            state.lastID += 1
            state.readers[name] = Reader(id: state.lastID)
            return (state.lastID, true)
        }
        // The present state is read at once, so that later changes are noticed.
        if isNew { fire(name, id) }
        return PollLease(
            PollLease.Reader {
                [weak self] in
                self?.noticesSince(name, id)
            } whenRefused: {
                [weak self] body in
                self?.note(body, of: lease, name, id)
            } end: {
                [weak self] in
                self?.unfollow(name, id, lease)
            }
        )
    }

    private func note(
        _ whenRefused: @escaping @Sendable (FieldFailure) -> Void,
        of lease: UInt64,
        _ name: Name,
        _ id: UInt64
    ) {
        let refusal = state.withLock { state -> FieldFailure? in
            guard state.readers[name]?.id == id else { return nil }
            state.readers[name]?.whenRefused[lease] = whenRefused
            return state.readers[name]?.refusal
        }
        if let refusal { whenRefused(refusal) }
    }

    private func noticesSince(_ name: Name, _ id: UInt64) -> Instant? {
        state.withLock { $0.readers[name].flatMap { $0.id == id ? $0.noticesSince : nil } }
    }

    private func unfollow(_ name: Name, _ id: UInt64, _ lease: UInt64) {
        state.withLock { state in
            guard state.readers[name]?.id == id else { return }
            state.readers[name]?.followers -= 1
            state.readers[name]?.whenRefused[lease] = nil
            guard let reader = state.readers[name], reader.followers == 0, reader.demandedAt == nil else { return }
            state.readers[name] = nil
        }
    }

    /// Has polls confirm for a time that webhooks report changes.
    ///
    /// Whether they do is the same for all keys: one reader checks it, and the next key takes over when the reader's key does not use
    /// cached responses any more.
    private func confirm(_ name: Name) {
        guard options.isEnabled, collections[name.type] != nil else { return }
        let now = broker.now()
        let id = state.withLock { state -> UInt64? in
            if state.readers[name] != nil {
                state.readers[name]?.demandedAt = now
                return nil
            }
            let others = state.readers.keys.contains { $0.workspace == name.workspace && $0.type == name.type }
            guard !others else { return nil }
            state.lastID += 1
            state.readers[name] = Reader(id: state.lastID, followers: 0, demandedAt: now)
            return state.lastID
        }
        if let id { fire(name, id) }
    }

    // MARK: - Turns

    private func arm(_ name: Name, _ id: UInt64, after delay: Duration) {
        let scheduler = broker.scheduler
        scheduler.schedule(scheduler.now() + delay) { [weak self] in self?.fire(name, id) }
    }

    /// Reads a page, or waits until enough calls of the key's budget are left for it.
    private func fire(_ name: Name, _ id: UInt64) {
        guard isWanted(name, id) else { return }
        if let delay = schedule.delay(rest(of: name)) { return arm(name, id, after: delay) }
        state.withLock { $0.busy += 1 }
        Task.detached(priority: .utility) { [self] in
            let delay = await read(name, id)
            if let delay { arm(name, id, after: delay) }
            state.withLock { $0.busy -= 1 }
        }
    }

    /// Whether a reader is still needed; one that is not is removed.
    private func isWanted(_ name: Name, _ id: UInt64) -> Bool {
        let now = broker.now()
        return state.withLock { state in
            guard let reader = state.readers[name], reader.id == id else { return false }
            guard reader.followers == 0, reader.demandedAt.map({ now - $0 > Self.demand }) ?? true else { return true }
            state.readers[name] = nil
            return false
        }
    }

    private func rest(of name: Name) -> PollSchedule.Rest {
        let quota = broker.workspaces[name.workspace].budget(of: name.credential).snapshot(unixTime: 0)
        return PollSchedule.Rest(
            limit: quota.limit,
            remaining: quota.remaining,
            reset: quota.resetsAt.map { .seconds(max(0, $0)) }
        )
    }

    /// Reads the page that is next, and applies the changes that it shows.
    ///
    /// - Returns: the time until the next page; nil: the reader has ended.
    private func read(_ name: Name, _ id: UInt64) async -> Duration? {
        guard let collection = collections[name.type], let reader = state.withLock({ $0.readers[name] }),
            reader.id == id
        else { return nil }
        let workspace = broker.workspaces[name.workspace]
        let (epoch, readAt) = (broker.epoch(of: name.workspace), broker.now())
        let response = await get(reader, collection, name, workspace)
        let outcome = outcome(of: response, reader.watch.turn, collection, workspace, name)
        let update = state.withLock { state -> (CollectionWatch.Findings, since: Instant?, isFirst: Bool)? in
            guard var reader = state.readers[name], reader.id == id else { return nil }
            defer { state.readers[name] = reader }
            let turn = reader.watch.turn
            let before = reader.readAt[turn]
            var findings = CollectionWatch.Findings()
            switch outcome {
            case .unchanged: reader.watch.takeUnchanged()
            case .page(let page):
                if turn == .newest { reader.validators = response.validators }
                findings = reader.watch.take(page)
            case .notSorted: reader.watch.doesNotSort()
            case .failed:
                reader.watch.takeFailed()
                if response.status != 401 { reader.refusal = nil }
                return (findings, before, false)
            }
            reader.readAt[turn] = readAt
            reader.refusal = nil
            let isFirst = reader.noticesSince == nil && reader.watch.wasRead
            if isFirst { reader.noticesSince = readAt }
            return (findings, before, isFirst)
        }
        guard let (findings, before, isFirst) = update else { return nil }
        if case .found(let document) = response.outcome {
            let reading = Reading(document: document, response: response, startedAt: epoch)
            apply(findings, reading, collection, name)
            if isFirst, case .page(let page) = outcome { apply(page, reading, collection, name) }
        }
        switch outcome {
        case .failed:
            if response.status == 401, case .failed(let refusal) = response.outcome { noteRefusal(refusal, name, id) }
            // A reader with a refused key confirms nothing: the next key that asks for confirmation gets a reader of its own.
            if [401, 403].contains(response.status), endUnlessFollowed(name, id) { return nil }
            return max(interval(name, collection), Self.pauseAfterFailure)
        // Nothing was read that could confirm anything.
        case .notSorted: break
        case .unchanged, .page: note(findings, collection, name, since: before, readAt: readAt)
        }
        return interval(name, collection)
    }

    /// Reports to the holders of a reader's leases that the upstream does not accept its key.
    private func noteRefusal(_ refusal: FieldFailure, _ name: Name, _ id: UInt64) {
        let whenRefused = state.withLock { state -> [@Sendable (FieldFailure) -> Void] in
            guard let reader = state.readers[name], reader.id == id else { return [] }
            state.readers[name]?.refusal = refusal
            return Array(reader.whenRefused.values)
        }
        for body in whenRefused { body(refusal) }
    }

    /// Removes a reader without leases; returns false if it has any.
    private func endUnlessFollowed(_ name: Name, _ id: UInt64) -> Bool {
        state.withLock { state in
            guard let reader = state.readers[name], reader.id == id, reader.followers == 0 else { return false }
            state.readers[name] = nil
            return true
        }
    }

    private func interval(_ name: Name, _ collection: PolledCollection) -> Duration {
        let (readers, isFollowed, isReported) = state.withLock { state in
            let count = state.readers.keys.count { $0.workspace == name.workspace && $0.credential == name.credential }
            let isReported = state.hooks[name.workspace].reportsChanges(of: name.type)
            return (count, state.readers[name]?.followers ?? 0 > 0, isReported)
        }
        let conventions = collection.conventions
        let least = isFollowed && !isReported ? conventions.interval : conventions.reconcileInterval
        return schedule.interval(least, rest(of: name), readers: readers)
    }

    // MARK: - Changes

    /// The response to a poll.
    private struct Reading {
        let document: SourceDocument
        let response: UpstreamResponse
        let startedAt: InvalidationLog.Epoch

        func row(_ row: PageReading.Row, scope: CacheScope) -> CallBroker.PolledRow {
            CallBroker.PolledRow(
                document: document,
                node: row.node,
                sentAt: response.generatedAt,
                startedAt: startedAt,
                scope: scope
            )
        }
    }

    private func apply(
        _ findings: CollectionWatch.Findings,
        _ reading: Reading,
        _ collection: PolledCollection,
        _ name: Name
    ) {
        let scope = collection.policy.isShared ? CacheScope.workspace : .credential(name.credential)
        // In the order in which they happened: the page begins with the latest.
        for finding in findings.changes.reversed() {
            let isDeleted = finding.row?.isDeleted ?? false
            let row = isDeleted ? nil : finding.row
            broker.applyPolled(
                isDeleted ? .deleted : finding.kind == .created ? .created : .updated,
                key: finding.key,
                collection.entity,
                row: row.map { reading.row($0, scope: scope) },
                policy: collection.policy,
                dependents: collection.dependents,
                in: name.workspace
            )
        }
        if findings.areIncomplete { broker.applyUnnamedChange(of: collection.entity, in: name.workspace) }
    }

    /// Applies the changes before the first poll, which can be compared only with older responses in the cache.
    private func apply(_ page: PageReading, _ reading: Reading, _ collection: PolledCollection, _ name: Name) {
        let scope = collection.policy.isShared ? CacheScope.workspace : .credential(name.credential)
        var changed = CollectionWatch.Findings()
        for row in page.rows where !row.isDeleted {
            let polled = reading.row(row, scope: scope)
            guard broker.isOutdated(collection.entity, key: row.key, by: polled, in: name.workspace) else { continue }
            changed.changes.append(CollectionWatch.Finding(kind: .updated, key: row.key, row: row))
        }
        apply(changed, reading, collection, name)
    }

    /// Compares the changes that a poll found with those that webhooks have reported.
    private func note(
        _ findings: CollectionWatch.Findings,
        _ collection: PolledCollection,
        _ name: Name,
        since before: Instant?,
        readAt: Instant
    ) {
        let now = broker.now()
        let keys = findings.changes.map(\.key)
        let (isReported, isConfirmed) = state.withLock { state in
            state.hooks[name.workspace].read(name.type, changed: keys, since: before, at: now)
            if findings.areIncomplete { state.hooks[name.workspace].readUnnamedChange() }
            let hook = state.hooks[name.workspace]
            return (hook.reportsChanges(of: name.type), hook.confirmation(of: name.type) == now)
        }
        let status = broker.reports[name.workspace]
        if isReported, isConfirmed {
            // Twice the interval, as one poll may fail.
            let end = now + collection.conventions.reconcileInterval * 2 + WebhookHealth.grace
            // The first poll is compared with nothing: older responses may lack changes that it has.
            status.trust(name.type, since: before ?? readAt, until: end, at: now)
        } else if !isReported, status.distrust() {
            // Responses that were to be fresh for longer become invalid now.
            _ = broker.invalidationLogs[name.workspace].advance()
        }
    }
}
