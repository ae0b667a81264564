internal import GraphQL
internal import JSON
private import Synchronization
package import Upstream

/// Serves GraphQL requests of every endpoint: the way from a request to a response.
package final class GatewayService: Sendable {
    let executable: ExecutableSchema
    let bindings: BindingTable
    let broker: CallBroker
    let configuredCredentials: [Credential?]
    let operations: OperationStore
    let results: ResultCache
    package let limits: RequestLimits
    private let clients: Mutex<ClientLimiter>
    /// The value of the field `RateLimit-Policy`; nil if clients are not limited.
    package let rateLimitPolicy: String?

    /// Makes a service.
    ///
    /// - Parameters:
    ///   - schema: what is served.
    ///   - broker: where calls of the upstream come together.
    ///   - configuredCredentials: the credential that each workspace has without one of the caller.
    ///   - limits: what one request may ask for.
    ///   - documents: which documents are executed.
    ///   - resultBytes: the most bytes of serialized results that are cached; 0: none are.
    package init(
        schema: LoadedSchema,
        broker: CallBroker,
        configuredCredentials: [Credential?] = [],
        limits: RequestLimits = RequestLimits(),
        documents: DocumentPolicy = DocumentPolicy(),
        resultBytes: Int = 8 << 20
    ) {
        executable = schema.executable
        bindings = schema.bindings
        self.broker = broker
        self.configuredCredentials = configuredCredentials
        self.limits = limits
        let limiter = ClientLimiter(limits.client)
        rateLimitPolicy = limiter.policyField
        clients = Mutex(limiter)
        results = ResultCache(capacity: broker.options.caching ? resultBytes : 0, now: broker.now)
        operations = OperationStore(schema: schema.executable.schema, limits: limits, policy: documents)
    }

    /// Executes a request.
    ///
    /// https://spec.graphql.org/September2025/#ExecuteRequest()
    package func respond(to request: GraphQLRequest, caller: Caller) async -> GraphQLResponse {
        switch prepare(request, for: caller) {
        case .refused(let response):
            return response
        case .ready(let operation):
            return await begin(operation, caller: caller).value()
        }
    }

    /// Counts a request against its client's minute; then parses, validates, chooses the operation, coerces its variables
    /// and plans it; most of that is cached.
    package func prepare(_ request: GraphQLRequest, for caller: Caller) -> Preparation {
        let rateLimitStatus = admit(caller)
        guard rateLimitStatus?.isAllowed ?? true else { return .refused(.rateLimited(rateLimitStatus)) }
        switch prepare(request) {
        case .ready(var operation):
            operation.rateLimitStatus = rateLimitStatus
            return .ready(operation)
        case .refused(var response):
            response.rateLimitStatus = rateLimitStatus
            return .refused(response)
        }
    }

    /// Prepares a request that has been counted.
    func prepare(_ request: GraphQLRequest) -> Preparation {
        do {
            let document = try operations.document(for: request)
            return try plan(request, of: document)
        } catch let refusal as OperationStore.Refusal {
            return .refused(response(to: refusal))
        } catch let error as GraphQLError {
            return .refused(.refused([error], code: ErrorCode.badUserInput.rawValue))
        } catch {
            return .refused(.refused([GraphQLError("Internal error.")], code: ErrorCode.internal.rawValue))
        }
    }

    /// Begins to execute an operation.
    ///
    /// If nothing of it comes from the upstream, the response is here at once.
    package func begin(_ operation: PreparedOperation, caller: Caller) -> Reply<GraphQLResponse> {
        let started = execution(of: operation)
        if started.isComplete {
            return .now(write(started, until: .now + limits.timeout).with(operation.rateLimitStatus))
        }
        let session = session(for: caller)
        let name = results.name(of: started, for: session)
        if let name, let cached = results.result(name) {
            let rateLimitStatus = charge(cached.estimate.charged, to: caller)
            guard rateLimitStatus?.isAllowed ?? true else { return .now(.rateLimited(rateLimitStatus)) }
            return .now(write(cached, as: name, plan: operation.plan, caller: caller).with(rateLimitStatus))
        }
        let cost = OperationCost(
            operation.plan,
            variables: operation.variables,
            table: bindings,
            terms: session.costContext
        )
        if let error = cost.refusal(
            limit: limits.maximumCalls,
            rows: limits.maximumRows,
            bytes: limits.maximumResponseBytes
        ) {
            return .now(.refused([error], code: ErrorCode.tooExpensive.rawValue).with(operation.rateLimitStatus))
        }
        let estimate = estimate(cost)
        let rateLimitStatus = charge(estimate.charged, to: caller)
        guard rateLimitStatus?.isAllowed ?? true else { return .now(.rateLimited(rateLimitStatus)) }
        return .later { [self] in
            var execution = started
            await execution.run(with: UpstreamResolver(table: bindings, session: session))
            let report = session.report.current
            let excess = chargeExcess(report.made - estimate.charged, to: caller)
            // What an unknown key has made nobody else may be shown, and anybody can make up such keys.
            let name = caller.isKnown(to: broker.workspaces) ? name : nil
            return write(
                execution,
                until: session.deadline,
                report: report,
                estimate: estimate,
                caller: caller,
                cachedAs: name
            ).with(excess ?? rateLimitStatus)
        }
    }

    /// How many results are cached, and how often one has replaced an execution.
    package var resultUse: (cached: Int, reuses: Int) { results.use }

    /// Begins the upstream calls of a caller's request; a field that needs more calls than are allowed fails at its own path.
    func session(for caller: Caller) -> CallSession {
        CallSession(
            broker: broker,
            credentials: caller.credentials(for: broker.workspaces, configured: configuredCredentials),
            deadline: ContinuousClock.now + limits.timeout,
            caller: caller.id,
            allowance: CallAllowance(limits.maximumCalls)
        )
    }

    private func clients(of caller: Caller) -> [ClientID] {
        caller.clients(for: broker.workspaces, configured: configuredCredentials)
    }

    /// Counts a request against the client's minute; nil if clients are not limited.
    func admit(_ caller: Caller) -> RateLimitStatus? {
        guard rateLimitPolicy != nil else { return nil }
        let (callers, now) = (clients(of: caller), ContinuousClock.now)
        return clients.withLock { $0.admit(callers, at: now) }
    }

    /// Counts the calls that an operation has taken beyond those that it was charged for; nil if there are none.
    func chargeExcess(_ calls: Int, to caller: Caller) -> RateLimitStatus? {
        guard calls > 0, limits.client.callsPerMinute != nil else { return nil }
        let (callers, now) = (clients(of: caller), ContinuousClock.now)
        return clients.withLock { $0.spend(calls, of: callers, at: now) }
    }

    /// Counts an operation's likely calls against the client's minute; nil if clients are not limited.
    func charge(_ calls: Int, to caller: Caller) -> RateLimitStatus? {
        guard rateLimitPolicy != nil else { return nil }
        let (callers, now) = (clients(of: caller), ContinuousClock.now)
        return clients.withLock { $0.charge(calls, to: callers, at: now) }
    }

    /// The calls that an operation is estimated to take.
    ///
    /// Cached responses count for the client's minute, so that the same operation always counts for the same.
    func estimate(_ cost: OperationCost) -> OperationEstimate {
        let isLimited = limits.client.callsPerMinute != nil
        return OperationEstimate(calls: cost.calls, charged: isLimited ? cost.likelyUncachedCalls : 0)
    }

    private func response(to refusal: OperationStore.Refusal) -> GraphQLResponse {
        switch refusal {
        case .syntax(let error):
            .refused([error], code: ErrorCode.graphqlParseFailed.rawValue)
        case .invalid(let errors):
            .refused(errors, code: ErrorCode.graphqlValidationFailed.rawValue)
        case .introspection(let errors):
            .refused(errors, code: ErrorCode.introspectionDisabled.rawValue)
        case .refused(let code, let message):
            .refused(code, message, kind: code.invitesRetry ? .unknownPersistedQuery : .malformed)
        case .malformed(let malformed):
            .malformed(malformed.message)
        }
    }

    private func plan(_ request: GraphQLRequest, of document: StoredDocument) throws(GraphQLError) -> Preparation {
        let operation = try document.operation(named: request.operationName)
        let coerced = coerceVariableValues(
            operation.definition,
            inputs: request.variables,
            schema: executable.schema,
            source: document.document.source
        )
        switch coerced {
        case .errors(let errors):
            return .refused(.refused(operations.shown(errors), code: ErrorCode.badUserInput.rawValue))
        case .values(let values):
            let plan = try operations.plan(operation, of: document, variables: values, executable: executable)
            return .ready(PreparedOperation(plan: plan, variables: values))
        }
    }
}
