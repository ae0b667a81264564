internal import GraphQL
internal import JSON

/// Where all calls of all client requests come together: kept answers, calls on their way, and the upstreams.
package final class CallBroker: Sendable {
    package let workspaces: [Workspace]
    package let options: SpendingOptions
    let cache: ResponseCache
    let knowledge = UpstreamKnowledge()
    private let flights = FlightTable()
    /// The writes of each workspace.
    let ledgers: [WriteLedger]
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
        options: SpendingOptions = SpendingOptions(),
        cacheBytes: Int = 64 << 20,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.workspaces = workspaces
        self.options = options
        self.now = now
        cache = ResponseCache(capacity: cacheBytes)
        ledgers = workspaces.map { _ in WriteLedger() }
    }

    /// One call on its way through the broker.
    private struct Passage {
        let position: Int
        let call: Call
        let key: CacheKey
        let flight: Flight?
        let kept: CachedAnswer?
        /// The writes that the answer will know of.
        let begun: WriteLedger.Moment
    }

    /// The outcome of each call: kept, shared or made.
    func fetch(_ calls: [Call], purpose: CallPurpose, for session: CallSession) async -> [CallOutcome] {
        var outcomes = [CallOutcome?](repeating: nil, count: calls.count)
        var led: [Passage] = []
        var joined: [(position: Int, flight: Flight)] = []
        for (position, call) in calls.enumerated() {
            let key = session.key(of: call, purpose: purpose)
            let kept = answer(for: key, purpose: purpose)
            if let kept, let outcome = use(kept, of: call, key: key, purpose: purpose, session) {
                outcomes[position] = outcome
                continue
            }
            guard options.shares else {
                let begun = ledgers[call.workspace].now
                led.append(Passage(position: position, call: call, key: key, flight: nil, kept: kept, begun: begun))
                continue
            }
            switch board(key, purpose) {
            case .leads(let flight):
                let passage = Passage(
                    position: position,
                    call: call,
                    key: key,
                    flight: flight,
                    kept: kept,
                    begun: flight.begun
                )
                led.append(passage)
            case .joins(let flight):
                joined.append((position, flight))
            }
        }
        if !led.isEmpty {
            let made = await lead(led, purpose: purpose, session)
            for (passage, outcome) in zip(led, made) { outcomes[passage.position] = outcome }
        }
        if !joined.isEmpty { session.report.shared(joined.count) }
        for (position, flight) in joined {
            guard let landing = await flight.landing() else { continue }
            outcomes[position] = landing.outcome
            session.report.joined(landing, policy: purpose.policy)
        }
        let abandoned = joined.map(\.position).filter { outcomes[$0] == nil }
        if !abandoned.isEmpty {
            let again = await fetch(abandoned.map { calls[$0] }, purpose: purpose, for: session)
            for (position, outcome) in zip(abandoned, again) { outcomes[position] = outcome }
        }
        return outcomes.map { $0 ?? .failed(.gatewayFailed) }
    }

    /// The outcome of a call that needs no waiting, if there is one.
    func keptOutcome(of call: Call, purpose: CallPurpose, for session: CallSession) -> CallOutcome? {
        let key = session.key(of: call, purpose: purpose)
        guard let kept = answer(for: key, purpose: purpose) else { return nil }
        return use(kept, of: call, key: key, purpose: purpose, session)
    }

    /// The entity with a key, if it stands in an answer that may be used without waiting.
    func keptEntity(
        _ entity: Entity,
        key: String,
        workspace: Int,
        purpose: CallPurpose,
        for session: CallSession
    ) -> (document: SourceDocument, node: Int)? {
        guard options.caches, options.plans, purpose.policy.keeps else { return nil }
        let scope = session.scope(of: workspace, purpose: purpose)
        let name = ResponseCache.EntityKey(workspace: workspace, scope: scope, type: entity.type, key: key)
        guard let found = cache.entity(for: name),
            ledgers[workspace].isCurrent(found.begun, .object(entity.type, path: entity.path(of: key)))
        else { return nil }
        let age = now() - found.storedAt
        guard case .fresh = purpose.policy.freshness(ofAge: age) else { return nil }
        session.report.used(age: age, policy: purpose.policy, fromCache: true)
        return (found.document, found.node)
    }

    /// Whether a call costs nothing now.
    func isKept(_ call: Call, purpose: CallPurpose, for session: CallSession) -> Bool {
        guard let kept = answer(for: session.key(of: call, purpose: purpose), purpose: purpose) else { return false }
        switch purpose.policy.freshness(ofAge: now() - kept.storedAt) {
        case .fresh, .whileRevalidating: return true
        case .ifError, .useless: return false
        }
    }

    private func answer(for key: CacheKey, purpose: CallPurpose) -> CachedAnswer? {
        guard options.caches, purpose.policy.keeps, let kept = cache.answer(for: key),
            ledgers[key.workspace].isCurrent(kept.begun, purpose.subject(ofPath: key.path))
        else { return nil }
        return kept
    }

    private func board(_ key: CacheKey, _ purpose: CallPurpose) -> FlightTable.Boarding {
        let ledger = ledgers[key.workspace]
        return flights.board(key, now: ledger.now) { begun in
            ledger.isCurrent(begun, purpose.subject(ofPath: key.path))
        }
    }

    /// A kept answer's outcome, if it may be used without asking first.
    private func use(
        _ kept: CachedAnswer,
        of call: Call,
        key: CacheKey,
        purpose: CallPurpose,
        _ session: CallSession
    ) -> CallOutcome? {
        let age = now() - kept.storedAt
        switch purpose.policy.freshness(ofAge: age) {
        case .fresh:
            break
        case .whileRevalidating:
            refresh(kept, of: call, key: key, purpose: purpose, session)
        case .ifError, .useless:
            return nil
        }
        session.report.used(age: age, policy: purpose.policy, fromCache: true)
        return kept.outcome
    }

    // MARK: - Making calls

    /// Fetches an answer anew in the background, unless that is under way.
    private func refresh(
        _ kept: CachedAnswer,
        of call: Call,
        key: CacheKey,
        purpose: CallPurpose,
        _ session: CallSession
    ) {
        guard case .leads(let flight) = board(key, purpose) else { return }
        let background = session.inBackground()
        Task.detached(priority: .utility) { [self] in
            let passage = Passage(position: 0, call: call, key: key, flight: flight, kept: kept, begun: flight.begun)
            _ = await lead([passage], purpose: purpose, background)
        }
    }

    /// Makes calls, keeps their answers, and lands their flights.
    private func lead(_ passages: [Passage], purpose: CallPurpose, _ session: CallSession) async -> [CallOutcome] {
        let requests = passages.map { passage in
            UpstreamRead(call: passage.call, validators: passage.kept?.validators ?? CachedAnswer.Validators())
        }
        let answers = await makeCalls(requests, session)
        return zip(passages, answers).map { passage, answer in
            let landing = settle(answer, passage, purpose: purpose, session)
            if let flight = passage.flight {
                flights.land(flight, for: passage.key, answer.isAskersOwnFailure ? nil : landing)
            }
            return landing.outcome
        }
    }

    private func makeCalls(_ reads: [UpstreamRead], _ session: CallSession) async -> [UpstreamAnswer] {
        guard let first = reads.first else { return [] }
        guard reads.contains(where: { $0.call.workspace != first.call.workspace }) else {
            return await workspaces[first.call.workspace].read(reads, for: session)
        }
        // Workspaces are asked side by side: one that is slow or down holds up no other.
        let groups = Dictionary(grouping: reads.indices) { reads[$0].call.workspace }
        return await withTaskGroup(of: [(Int, UpstreamAnswer)].self) { group in
            for (workspace, indices) in groups {
                group.addTask { [workspaces] in
                    let answers = await workspaces[workspace].read(indices.map { reads[$0] }, for: session)
                    return Array(zip(indices, answers))
                }
            }
            var answers = [UpstreamAnswer](
                repeating: UpstreamAnswer(outcome: .failed(.gatewayFailed)),
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
        _ answer: UpstreamAnswer,
        _ passage: Passage,
        purpose: CallPurpose,
        _ session: CallSession
    ) -> Flight.Landing {
        let instant = now()
        if answer.isNotModified, let kept = passage.kept {
            if isCurrent(passage, purpose) {
                cache.refresh(kept, for: passage.key, at: instant, begun: passage.begun)
            }
            session.report.used(age: .zero, policy: purpose.policy, fromCache: false)
            return Flight.Landing(outcome: kept.outcome)
        }
        switch answer.outcome {
        case .failed(let failure):
            guard let kept = passage.kept, failure.isUpstreamsFault,
                case let age = instant - kept.storedAt, age <= purpose.policy.maxAge + purpose.policy.staleIfError
            else { return Flight.Landing(outcome: answer.outcome) }
            session.report.usedStale(age: age)
            return Flight.Landing(outcome: kept.outcome, staleAge: age)
        case .answered(let document):
            session.report.used(age: .zero, policy: purpose.policy, fromCache: false)
            keep(document, answer.validators, of: passage, purpose: purpose, at: instant)
        case .missing:
            session.report.used(age: .zero, policy: purpose.policy, fromCache: false)
            keep(nil, answer.validators, of: passage, purpose: purpose, at: instant)
        }
        return Flight.Landing(outcome: answer.outcome)
    }

    private func isCurrent(_ passage: Passage, _ purpose: CallPurpose) -> Bool {
        ledgers[passage.key.workspace].isCurrent(passage.begun, purpose.subject(ofPath: passage.key.path))
    }

    private func keep(
        _ document: SourceDocument?,
        _ validators: CachedAnswer.Validators,
        of passage: Passage,
        purpose: CallPurpose,
        at instant: ContinuousClock.Instant
    ) {
        // What is older than a write must not take the place of what is newer.
        guard options.caches, purpose.policy.keeps, isCurrent(passage, purpose) else { return }
        let key = passage.key
        let kept = cache.store(document, validators: validators, for: key, at: instant, begun: passage.begun)
        guard let document, let entity = purpose.entity, options.plans else { return }
        let reader = workspaces[key.workspace].reader
        let nodes = purpose.isCollection ? reader.rowNodes(in: document) : [reader.object(in: document, entity: entity)]
        let places = nodes.compactMap { node -> (key: String, node: Int)? in
            guard let node, let name = document.json.member(entity.key, of: node),
                let text = document.json.scalarText(of: name)
            else { return nil }
            return (text, node)
        }
        cache.index(places, of: entity.type, in: kept, for: key)
    }
}

extension FieldFailure {
    /// Something that should not happen did.
    static let gatewayFailed = FieldFailure(.internal, "The gateway failed.")

    /// Whether a kept answer may stand in: the upstream is to blame, not the call.
    var isUpstreamsFault: Bool {
        guard case .string(let text)? = extensions["code"], let code = ErrorCode(rawValue: text) else { return false }
        switch code {
        case .rateLimited, .upstreamError, .upstreamTimeout, .upstreamInvalidResponse, .upstreamOutcomeUnknown,
            .workspaceUnavailable:
            return true
        case .graphqlParseFailed, .graphqlValidationFailed, .badUserInput, .unauthenticated, .forbidden, .notFound,
            .tooExpensive, .internal:
            return false
        }
    }
}
