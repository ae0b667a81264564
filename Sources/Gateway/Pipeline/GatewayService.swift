internal import GraphQL
internal import JSON
internal import JSONRPC
internal import Synchronization
internal import Upstream

/// The state that all requests share: the schema, the upstream, the caches and the limits.
package final class GatewayService: Sendable {
    let executable: ExecutableSchema
    /// The schema that JSON-RPC methods are planned against.
    let methodSchema: ExecutableSchema
    let bindings: BindingTable
    let broker: CallBroker
    let configuredCredentials: ConfiguredCredentials
    let operations: OperationStore
    let results: ResultCache
    let fieldResults: RootFieldResults
    let sharedExecutions: SharedExecutions
    /// The results that are held for clients of live queries and deferred parts.
    let heldResults: HeldResults
    /// The running broadcasts, which equal subscriptions join.
    let broadcasts: BroadcastTable
    /// Polls for changes that no webhook reports.
    let polling: ChangePolling
    /// The replies to writes with idempotency keys.
    let replays: IdempotencyStore<StoredReply>
    /// The ids of delivered events, by the slugs of workspaces.
    let recentEvents: [ExactString: RecentEventLog]
    package let limits: RequestLimits
    /// Is notified of requests; nil: there is no observer.
    package let observer: (any GatewayObserver)?
    /// The optional records that the observer requests.
    package let telemetry: TelemetryOptions
    /// The most bytes of serialized results that are cached.
    package let resultBytes: Int
    /// The instant at which the service was made, from which stages are measured.
    private let startedAt: ContinuousClock.Instant
    /// `startedAt` by the system's clock, in nanoseconds; nil: `now` is another clock.
    private let systemStart: Int64?
    private let clients: Mutex<ClientLimiter>
    private let repeatedResponses = Atomic(0)
    /// The number of requests that wait for the response to an equal one.
    let waiting = Atomic(0)
    /// The value of the field `RateLimit-Policy`; nil: clients are not limited.
    package let rateLimitPolicy: String?

    /// The lanes in which callers spend budgets.
    let lanes: BudgetLanes
    private let sessions: SessionTable

    /// The clients that may call; nil: callers need not authenticate.
    package let directory: ClientDirectory?

    /// The configuration that the service was made with.
    let configuration: ServiceConfiguration

    /// Makes the service of a configuration.
    ///
    /// - Parameters:
    ///   - configuration: the configuration.
    ///   - previous: the previous service: its stored replies to writes are reused, and its caches and budgets as far as the
    ///     configuration allows; nil: there is none.
    package init(_ configuration: ServiceConfiguration, replacing previous: GatewayService? = nil) {
        self.configuration = configuration
        executable = configuration.schema.executable
        methodSchema = configuration.schema.executable.forMethods
        bindings = configuration.schema.bindings
        broker = configuration.broker(replacing: previous?.configuration, previous?.broker)
        configuredCredentials = configuration.configuredCredentials
        startedAt = broker.now()
        systemStart = configuration.hasSystemTime ? SystemTime.nanoseconds() : nil
        observer = configuration.observer
        telemetry = configuration.telemetry
        directory = configuration.directory
        lanes = configuration.lanes
        sessions = previous?.sessions ?? SessionTable()
        limits = configuration.limits
        let mostHeldBytes = 16 * configuration.limits.maximumResponseBytes
        heldResults = previous?.heldResults ?? HeldResults(limit: mostHeldBytes)
        heldResults.limit = mostHeldBytes
        let limiter = ClientLimiter(limits.client)
        rateLimitPolicy = limiter.policyField
        clients = Mutex(limiter)
        resultBytes = broker.options.caching ? configuration.resultBytes : 0
        results = ResultCache(capacity: resultBytes / 4 * 3)
        fieldResults = RootFieldResults(capacity: resultBytes / 4)
        if let previous, previous.broker === broker, previous.limits.polls == limits.polls {
            // Subscriptions of the previous service hold its leases; a second poller would repeat its calls.
            polling = previous.polling
        } else {
            polling = ChangePolling(broker: broker, collections: bindings.polls, options: limits.polls)
            polling.begin()
        }
        sharedExecutions = SharedExecutions(scheduler: broker.scheduler)
        broadcasts = BroadcastTable(scheduler: broker.scheduler)
        recentEvents = Dictionary(
            broker.workspaces.map { workspace in
                let slug = ExactString(workspace.slug)
                return (slug, previous?.recentEvents[slug] ?? RecentEventLog())
            },
            uniquingKeysWith: { first, _ in first }
        )
        replays = previous?.replays ?? IdempotencyStore(limits.idempotency)
        operations = OperationStore(schema: executable.schema, limits: limits, policy: configuration.documents)
    }

    /// Whether the result of an operation can be reused by another one.
    var reusesResults: Bool { results.isEnabled || broker.options.deduplication }

    /// The number of cached results, and the number of times that one has been reused instead of an execution.
    package var resultUse: (cached: Int, reuses: Int) {
        let (cached, reuses) = results.use
        return (cached, reuses + repeatedResponseCount)
    }

    /// The number of cached results of root fields, and how often one has been used instead of an execution.
    package var rootFieldUse: (cached: Int, reuses: Int) { fieldResults.use }

    /// The number of requests that wait for the result of an equal one.
    package var waitingRequestCount: Int { sharedExecutions.followerCount + waiting.load(ordering: .relaxed) }

    /// The current time, by the clock of response ages.
    package var now: ContinuousClock.Instant { broker.now() }

    /// The time since the service was made, in nanoseconds.
    var nanoseconds: Int64 {
        if let systemStart { return SystemTime.nanoseconds() &- systemStart }
        return (broker.now() - startedAt).nanoseconds
    }

    /// The instant so many nanoseconds after the service was made.
    func instant(_ nanoseconds: Int64) -> ContinuousClock.Instant { startedAt + .nanoseconds(nanoseconds) }

    /// The number of complete responses that have been sent again to equal requests.
    package var repeatedResponseCount: Int { repeatedResponses.load(ordering: .relaxed) }

    /// Records a response that is sent again to an equal request.
    ///
    /// - Parameters:
    ///   - reuse: the record of the response, sealed.
    ///   - bytes: the length of the response.
    ///   - caller: the sender of the equal request; only its id, its trace and its notes are used, and its credential if it has notes.
    package func noteRepeatedResponse(_ reuse: ResponseReuse, bytes: Int, to caller: @autoclosure () -> Caller) {
        repeatedResponses.wrappingAdd(1, ordering: .relaxed)
        guard let observer else { return }
        let caller = caller()
        var record = RequestRecord(
            id: caller.requestID,
            interface: reuse.interface,
            outcome: reuse.outcome,
            startedAt: broker.now(),
            duration: .zero,
            responseBytes: bytes
        )
        record.trace = caller.operationSpan(isOnly: true)
        if let notes = caller.notes {
            record.credential = caller.namingCredential
            record.client = caller.client?.name
            notes.add(record)
        }
        observer.requestCompleted(record)
    }

    /// Records a response that is sent again to a request of the same bytes, which is in no trace.
    package func noteRepeatedResponse(_ reuse: ResponseReuse, to request: RepeatedRequest) {
        repeatedResponses.wrappingAdd(1, ordering: .relaxed)
        // PERF: no `Caller` is made for it.
        observer?.requestCompleted(
            RequestRecord(
                id: request.requestID,
                interface: reuse.interface,
                outcome: reuse.outcome,
                startedAt: request.startedAt,
                duration: .zero,
                responseBytes: request.responseBytes
            )
        )
    }

    /// The value of the field `RateLimit-Policy` for a client; nil: it is not limited.
    package func rateLimitPolicy(for client: GatewayClient?) -> String? {
        client.map(\.rateLimitPolicy) ?? rateLimitPolicy
    }

    /// Opens the call session of a request; a field that needs more calls than are allowed fails at its own path.
    func session(
        for caller: Caller,
        trace: TraceContext?,
        readsAfter: ContinuousClock.Instant? = nil
    ) -> CallSession {
        let policy = lanes.policy(of: caller)
        let allowance = CallAllowance(
            limits.maximumCalls,
            session: sessions.allowance(of: caller, countedFor: holders(of: caller), policy, now: broker.now)
        )
        return CallSession(
            broker: broker,
            context: CallContext(
                credentials: caller.credentials(for: broker.workspaces, configured: configuredCredentials),
                deadline: ContinuousClock.now + limits.timeout,
                caller: caller.id,
                lane: policy.lane,
                report: CallReport(hasEvents: caller.wantsPlan),
                allowance: allowance,
                requestID: caller.requestID,
                trace: trace,
                readsAfter: readsAfter
            )
        )
    }

    private func clients(of caller: Caller) -> [ClientID] {
        caller.clients(for: broker.workspaces, configured: configuredCredentials)
    }

    /// The clients whose limits a caller's calls count against; none if clients are not limited, or if the caller is a client itself.
    func limitedClients(of caller: Caller) -> [ClientID] {
        rateLimitPolicy == nil || caller.client != nil ? [] : clients(of: caller)
    }

    /// Counts a request against the client's minute; returns nil if clients are not limited.
    func admit(_ caller: Caller) -> RateLimitStatus? {
        if let client = caller.client { return client.count { $0.admit($1, at: .now) } }
        guard rateLimitPolicy != nil else { return nil }
        let (callers, now) = (clients(of: caller), ContinuousClock.now)
        return clients.withLock { $0.admit(callers, at: now) }
    }

    /// Counts the calls that an operation has taken beyond those that it was charged for; returns nil if nothing was counted.
    func chargeExcess(_ calls: Int, to caller: Caller) -> RateLimitStatus? {
        guard calls > 0 else { return nil }
        if let client = caller.client {
            guard client.limits.callsPerMinute != nil else { return nil }
            return client.count { $0.spend(calls, of: $1, at: .now) }
        }
        guard limits.client.callsPerMinute != nil else { return nil }
        let (callers, now) = (clients(of: caller), ContinuousClock.now)
        return clients.withLock { $0.spend(calls, of: callers, at: now) }
    }

    /// Takes back the counts of a request that is refused for overload; returns nil if clients are not limited.
    @discardableResult
    func refund(requests: Int, calls: Int, to caller: Caller) -> RateLimitStatus? {
        if let client = caller.client {
            return client.count { $0.refund(requests: requests, calls: calls, of: $1, at: .now) }
        }
        guard rateLimitPolicy != nil else { return nil }
        let (callers, now) = (clients(of: caller), ContinuousClock.now)
        return clients.withLock { $0.refund(requests: requests, calls: calls, of: callers, at: now) }
    }

    /// Counts an operation's likely calls against the client's minute; returns nil if clients are not limited.
    func charge(_ calls: Int, to caller: Caller) -> RateLimitStatus? {
        if let client = caller.client { return client.count { $0.charge(calls, to: $1, at: .now) } }
        guard rateLimitPolicy != nil else { return nil }
        let (callers, now) = (clients(of: caller), ContinuousClock.now)
        return clients.withLock { $0.charge(calls, to: callers, at: now) }
    }

    /// The estimated cost of an operation, and the calls that its client is charged for.
    ///
    /// Calls with cached responses are charged too, so that the same operation always costs the same.
    func estimate(_ cost: OperationCost) -> OperationEstimate {
        let isLimited = limits.client.callsPerMinute != nil || directory?.limitsCalls == true
        return OperationEstimate(calls: cost.calls, charged: isLimited ? cost.likelyUncachedCalls : 0)
    }
}
