private import Glibc
internal import GraphQL
internal import JSON
private import Synchronization

/// One workspace of the upstream: where it is, and what may be spent on it.
package final class Workspace: Sendable {
    /// The position among all workspaces.
    package let index: Int
    /// The name by which callers choose it.
    package let slug: String
    package let reader: ResponseReader
    let client: UpstreamClient
    private let allowance: Allowance
    private let budgets: Mutex<SieveCache<Credential, CallBudget>>
    private let accepted = AcceptedCredentials(capacity: maximumBudgets)
    private let health = Mutex(Health())
    let now: @Sendable () -> ContinuousClock.Instant

    private struct Health {
        var breaker = CircuitBreaker()
        var retries = RetryBudget()
        var generator = SystemRandomNumberGenerator()
    }

    /// The most credentials whose budgets are remembered, of a bit more than 1 KiB each.
    private static let maximumBudgets = 4000

    /// An upstream is to blame for a call that it did not answer in this time; less may be left of a client's request.
    static let minimumTimeoutToCountAsFailure = Duration.seconds(1)

    /// The most times that one call is made.
    static let maximumAttempts = 3

    /// Makes a workspace.
    ///
    /// - Parameters:
    ///   - index: its position among all workspaces.
    ///   - slug: the name by which callers choose it.
    ///   - client: how it is reached.
    ///   - conventions: those of its answers.
    ///   - allowance: what is known from the start of each key's limit.
    ///   - now: the clock, replaced in tests.
    package init(
        index: Int,
        slug: String,
        client: UpstreamClient,
        conventions: UpstreamConventions,
        allowance: Allowance = .unlimited,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.index = index
        self.slug = slug
        self.client = client
        self.allowance = allowance
        self.now = now
        reader = ResponseReader(conventions: conventions, origin: index)
        budgets = Mutex(SieveCache(capacity: Self.maximumBudgets))
    }

    /// The budget of a key.
    func budget(of credential: Credential) -> CallBudget {
        budgets.withLock { budgets in
            if let known = budgets.value(for: credential) { return known }
            let budget = CallBudget(allowance: allowance, now: now)
            budgets.insert(budget, for: credential, cost: 1)
            return budget
        }
    }

    /// What is left of a key's budget.
    package func quota(of credential: Credential) -> QuotaSnapshot {
        budget(of: credential).snapshot(unixTime: Self.unixTime())
    }

    /// Whether the upstream has accepted a credential itself, and has not refused it since; what sends none is anybody's.
    package func hasAccepted(_ credential: Credential) -> Bool {
        credential.authorization == nil && credential.isWellFormed || accepted.contains(credential)
    }

    // MARK: - Reading

    /// Makes GETs within the key's budget: at once as far as it goes, the others as it allows.
    func read(_ reads: [UpstreamRead], for session: CallSession) async -> [UpstreamResponse] {
        guard let credential = session.credential(for: index) else {
            let message = "The caller has no key for the workspace \"\(slug)\"."
            let failure = FieldFailure(.unauthenticated, message, more: errorExtensions)
            return Array(repeating: UpstreamResponse(outcome: .failed(failure)), count: reads.count)
        }
        let granted = budget(of: credential).take(reads.count, kind: .read, priority: session.priority)
        if granted == reads.count { return await send(reads, credential, session) }
        return await withTaskGroup(of: (Int, [UpstreamResponse]).self) { group in
            if granted > 0 {
                group.addTask { [self] in (0, await send(Array(reads[..<granted]), credential, session)) }
            }
            for position in granted..<reads.count {
                group.addTask { [self] in (position, [await wait(toSend: reads[position], credential, session)]) }
            }
            var answers = [UpstreamResponse](
                repeating: UpstreamResponse(outcome: .failed(.gatewayFailed)),
                count: reads.count
            )
            for await (start, part) in group {
                for (offset, answer) in part.enumerated() { answers[start + offset] = answer }
            }
            return answers
        }
    }

    private func wait(
        toSend read: UpstreamRead,
        _ credential: Credential,
        _ session: CallSession
    ) async -> UpstreamResponse {
        do {
            let waited = try await budget(of: credential).wait(
                kind: .read,
                priority: session.priority,
                caller: session.caller,
                deadline: session.deadline
            )
            session.report.waited(waited)
        } catch {
            var answer = UpstreamResponse(outcome: .failed(.cancelled))
            answer.isCallerFailure = true
            if !error.isCancellation {
                answer.outcome = .failed(.rateLimited(retryAfter: error.retryAfter, more: errorExtensions))
            }
            return answer
        }
        return await send([read], credential, session).first ?? UpstreamResponse(outcome: .failed(.gatewayFailed))
    }

    /// Makes GETs that the budget allows, and some of those again that failed for a passing reason.
    private func send(
        _ reads: [UpstreamRead],
        _ credential: Credential,
        _ session: CallSession
    ) async -> [UpstreamResponse] {
        var answers = await attempt(reads, credential, session)
        var attempt = 1
        while attempt < Self.maximumAttempts {
            let again = answers.indices.filter { answers[$0].mayBeRepeated && consumeRetry() }
            guard !again.isEmpty, await pause(before: attempt, session) else { break }
            for position in again {
                answers[position] = await wait(toRepeat: reads[position], after: answers[position], credential, session)
            }
            attempt += 1
        }
        return answers
    }

    /// Makes a GET again, if the budget allows it in time; else what came of it before stands.
    private func wait(
        toRepeat read: UpstreamRead,
        after failed: UpstreamResponse,
        _ credential: Credential,
        _ session: CallSession
    ) async -> UpstreamResponse {
        let budget = budget(of: credential)
        if budget.take(1, kind: .read, priority: session.priority) == 0 {
            do {
                let waited = try await budget.wait(
                    kind: .read,
                    priority: session.priority,
                    caller: session.caller,
                    deadline: session.deadline
                )
                session.report.waited(waited)
            } catch {
                return failed
            }
        }
        return await attempt([read], credential, session).first ?? failed
    }

    private func attempt(
        _ reads: [UpstreamRead],
        _ credential: Credential,
        _ session: CallSession
    ) async -> [UpstreamResponse] {
        let start = now()
        let timeLeft = session.deadline - start
        if let refusal = refusal(timeLeft: timeLeft, at: start) {
            let budget = budget(of: credential)
            for _ in reads { budget.refund(kind: .read) }
            var answer = UpstreamResponse(outcome: .failed(refusal))
            answer.isCallerFailure = timeLeft <= .zero || Task.isCancelled
            return Array(repeating: answer, count: reads.count)
        }
        if reads.count > 1, health.withLock({ $0.breaker.isProbing }) {
            // One call shows whether the upstream works again; the others go if it does.
            let probe = await call([reads[0]], credential, session, timeLeft: timeLeft)
            return probe + (await attempt(Array(reads.dropFirst()), credential, session))
        }
        return await call(reads, credential, session, timeLeft: timeLeft)
    }

    private func call(
        _ reads: [UpstreamRead],
        _ credential: Credential,
        _ session: CallSession,
        timeLeft: Duration
    ) async -> [UpstreamResponse] {
        session.report.made(reads.count)
        let results = await client.get(reads, credential: credential, timeLeft: timeLeft)
        let unixTime = Self.unixTime()
        return zip(reads, results).map { read, result in
            learn(
                from: result,
                kind: .read,
                credential,
                unixTime: unixTime,
                hadShortDeadline: timeLeft < Self.minimumTimeoutToCountAsFailure
            )
            var answer = reader.answer(of: result, to: read, workspace: errorExtensions)
            if case .failed(let failure) = answer.outcome { answer.outcome = .failed(failure.hiding(credential)) }
            if case .failure(let error) = result {
                answer.isCallerFailure =
                    error.code == .cancelled || error.code == .timedOut && timeLeft < client.timeout
            }
            return answer
        }
    }

    /// Why no call can be made now.
    func refusal(timeLeft: Duration, at instant: ContinuousClock.Instant) -> FieldFailure? {
        guard timeLeft > .zero, !Task.isCancelled else {
            return FieldFailure(.upstreamTimeout, "The request's time was used up before the upstream was asked.")
        }
        guard let pause = health.withLock({ $0.breaker.refusal(at: instant) }) else { return nil }
        let seconds = max(1, Int(pause.components.seconds) + 1)
        var more = errorExtensions
        more["retryAfter"] = .integer(seconds)
        return FieldFailure(
            .workspaceUnavailable,
            "The workspace \"\(slug)\" has failed again and again and is left alone for now; try again in \(seconds) seconds.",
            more: more
        )
    }

    /// Learns what an answer tells of the budget and of the upstream's health.
    func learn(
        from result: Result<TransportResponse, TransportError>,
        kind: CallKind,
        _ credential: Credential,
        unixTime: Int,
        hadShortDeadline: Bool = false
    ) {
        let instant = now()
        let budget = budget(of: credential)
        switch result {
        case .failure(let error):
            if !error.requestMayHaveBeenSent { budget.refund(kind: kind) }
            health.withLock { health in
                health.retries.called()
                switch hadShortDeadline && error.code == .timedOut ? nil : error.showsThatUpstreamWorks {
                case true?: health.breaker.succeeded()
                case false?: health.breaker.failed(at: instant)
                case nil: health.breaker.recordInconclusive(at: instant)
                }
            }
        case .success(let response):
            accepted.learn(credential, status: response.status)
            let fields = RateLimitFields(response.headers, unixTime: unixTime)
            budget.learn(kind: kind, limit: fields.limit, remaining: fields.remaining, reset: fields.reset)
            if response.status == 429 { budget.pause(for: .seconds(reader.retryAfter(of: response)), kind: kind) }
            health.withLock { health in
                health.retries.called()
                if response.status >= 500 { health.breaker.failed(at: instant) } else { health.breaker.succeeded() }
            }
        }
    }

    /// Whether one more call may be made again.
    func consumeRetry() -> Bool { health.withLock { $0.retries.consumeRetry() } }

    /// Waits before calls are made again; false if there is no time for that.
    func pause(before attempt: Int, _ session: CallSession) async -> Bool {
        let backoff = health.withLock { RetryBudget.backoff(attempt: attempt, using: &$0.generator) }
        guard now() + backoff < session.deadline else { return false }
        do {
            try await Task.sleep(for: backoff)
            return true
        } catch {
            return false
        }
    }

    /// What errors tell of the workspace.
    var errorExtensions: JSONObject { ["workspace": .string(slug)] }

    static func unixTime() -> Int {
        var time = timespec()
        // SAFETY: the pointer is used during the call only.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec
    }
}

extension FieldFailure {
    /// The client is gone; nobody reads this.
    static let cancelled = FieldFailure(.upstreamTimeout, "The request was cancelled.")

    /// The budget does not allow a call in time.
    static func rateLimited(retryAfter seconds: Int, more: JSONObject) -> FieldFailure {
        var more = more
        more["retryAfter"] = .integer(seconds)
        return FieldFailure(
            .rateLimited,
            "The upstream's rate limit is used up; try again in \(seconds) seconds.",
            more: more
        )
    }
}
