/// The whole sandbox without its sockets: takes requests one at a time and returns their responses.
struct SandboxEngine: Sendable {
    /// The configuration at start.
    let configuration: SandboxConfiguration

    /// The workspaces as they are now.
    var workspaces: [Workspace]

    /// The calls so far.
    var calls = SandboxCalls()

    /// The latest simulated changes: those made without a request to the API.
    var changes: [SandboxChange] = []

    /// The random numbers that choose the rows that change by themselves.
    var changeRandom: SplitMix64

    /// The number of simulated changes so far.
    var changeCount = 0

    /// The number of times that rows have moved while a list was read.
    var shifts = 0

    /// The webhooks of workspaces, by slug.
    var webhooks: [String: SandboxWebhook] = [:]

    /// The events that are to be sent.
    var deliveries: [WebhookDelivery] = []

    /// The number of events so far.
    var eventCount = 0

    /// Counts the requests of every key.
    var limiter: RateLimiter

    /// Finds the credentials of requests.
    var directory: CredentialDirectory

    /// The keys that are accepted no more.
    var revokedKeys: Set<String> = []

    private let seeded: [Workspace]
    private let errors: ErrorBody
    private var faults: FaultInjector

    /// Makes the data and full budgets.
    init(_ configuration: SandboxConfiguration) {
        let workspaces = (0..<max(0, configuration.workspaces)).map { Workspace(at: $0, configuration) }
        self.init(configuration, seeded: workspaces)
    }

    private init(_ configuration: SandboxConfiguration, seeded: [Workspace]) {
        self.configuration = configuration
        self.seeded = seeded
        workspaces = seeded
        errors = ErrorBody(behavior: configuration.behavior)
        directory = CredentialDirectory(slugs: seeded.map(\.slug))
        let isShared = configuration.behavior.rateLimitHeaders == .shared
        limiter = RateLimiter(plan: configuration.plan, window: configuration.window, isShared: isShared)
        faults = FaultInjector(configuration.faults, seed: configuration.seed)
        changeRandom = SplitMix64(seed: configuration.seed, stream: Self.changeStream)
    }

    /// Goes back to the seed: data, budgets, counters and everything random; webhooks stay as they are.
    mutating func reset() {
        let (webhooks, eventCount) = (webhooks, eventCount)
        self = SandboxEngine(configuration, seeded: seeded)
        // An event of the same id would be taken for a second delivery.
        (self.webhooks, self.eventCount) = (webhooks, eventCount)
    }

    /// From now on other faults happen, until the next reset.
    mutating func setFaults(_ new: SandboxFaults) {
        faults = FaultInjector(new, seed: configuration.seed)
    }

    /// Executes a request, stores what it changes, and returns the response.
    mutating func response(to request: SandboxRequest) -> Response {
        let now = configuration.now()
        let target = RequestTarget(parsing: request.target)
        if let target, target.segments.first == Self.ownPath {
            return ownResponse(to: request, target, now: now)
        }
        let route = target.map { Route(method: request.method, segments: $0.segments) } ?? .unknown
        let credential = directory.credential(in: request.authorization)
        let isWrite = request.method != "GET"
        let verdict = limiter.spend(key: credential?.key, isWrite: isWrite, now: now)
        let fate = credential == nil ? FaultInjector.Outcome() : faults.next()

        var response: Response
        do throws(Refusal) {
            let accepted = credential.flatMap { revokedKeys.contains($0.key) ? nil : $0 }
            let credential = try admit(accepted, verdict, now: now)
            if let replacement = try replaced(fate.replacement) {
                response = replacement
            } else {
                guard let target else { throw Refusal(.badRequest, "The request's target is malformed.") }
                if let failure = faults.faults.failures.first(where: { $0.matches(request, target) }) {
                    throw Refusal(.failing(status: failure.status), "This path always fails.")
                }
                let call = Call(request: request, target: target, credential: credential, now: now)
                response = try perform(route, call)
            }
        } catch {
            response = errors.response(to: error, now: apiTime(now))
        }
        response.delivery = fate.delivery
        response.delay = configuration.latency + fate.delay
        addRate(verdict, to: &response, key: credential?.key, now: now)
        dress(&response, now: now)
        let status = response.delivery == .reset ? 0 : response.status
        calls.record(key: credential?.key, route: route.label, status: status)
        return response
    }

    private func admit(
        _ credential: Credential?,
        _ verdict: RateLimiter.Verdict?,
        now: UnixTime
    ) throws(Refusal) -> Credential {
        if let verdict, !verdict.isAllowed {
            throw .rateLimited(retryAfter: max(1, verdict.resetsAt.milliseconds - now.milliseconds))
        }
        guard let credential else { throw Refusal(.unauthorized, "A valid API key is required.") }
        return credential
    }

    private func replaced(_ replacement: FaultInjector.Replacement?) throws(Refusal) -> Response? {
        switch replacement {
        case .internalError: throw Refusal(.internalError, "Something went wrong.")
        case .rateLimited: throw .rateLimited(retryAfter: 1000)
        case .unavailable: throw .unavailable
        case .statedError: throw Refusal(.suspended, "The workspace is suspended.")
        case .proxyPage: Response(status: 502, contentType: .html, body: ErrorBody.proxyPage)
        case nil: nil
        }
    }

    private mutating func perform(_ route: Route, _ call: Call) throws(Refusal) -> Response {
        guard call.request.body != nil else { throw Refusal(.tooLarge, "The body is too large.") }
        switch route {
        case .list(let resource): return try list(resource, call)
        case .read(let resource, let id): return try read(resource, id, call)
        case .create(let resource): return try create(resource, call)
        case .update(let resource, let id): return try update(resource, id, call)
        case .delete(let resource, let id): return try delete(resource, id, call)
        case .wrongMethod(let allow):
            var refusal = Refusal(.methodNotAllowed, "\(call.request.method) is not allowed here.")
            refusal.allow = allow
            throw refusal
        case .unknown: throw Refusal(.notFound, "There is no such endpoint.")
        }
    }
}
