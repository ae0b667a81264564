internal import Gateway
internal import NIOHTTP1

/// GraphQL over HTTP.
///
/// https://graphql.github.io/graphql-over-http/draft/
struct GraphQLEndpoint: Endpoint {
    private let service: GatewayService
    private let options: EndpointOptions
    private let requestGuard: CrossSiteRequestGuard?

    /// The methods of this endpoint.
    static let methods = "GET, POST, OPTIONS"

    init(service: GatewayService, options: EndpointOptions) {
        self.service = service
        self.options = options
        requestGuard =
            options.preventsCrossSiteRequests
            ? CrossSiteRequestGuard(crossOrigin: options.crossOrigin, allowedHosts: options.allowedHosts) : nil
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        switch request.method {
        case .POST, .GET:
            guard let form = options.form(of: request, rateLimitPolicy: service.rateLimitPolicy) else {
                return .now(options.shared(.notAcceptable, with: request))
            }
            return request.method == .POST ? post(request, form) : get(request, form)
        case .OPTIONS:
            return .now(options.description(for: request, allowed: Self.methods))
        default:
            return .now(options.shared(.methodNotAllowed(allowed: Self.methods), with: request))
        }
    }

    // MARK: - Methods

    private func post(_ request: HTTPRequest, _ form: ResponseNegotiation) -> HTTPReply {
        let body: RequestBody
        do {
            body = try RequestBody(
                json: try JSONBody.bytes(of: request, maximum: options.maximumBodyBytes),
                maximumBatch: options.maximumBatch
            )
        } catch let refused as JSONBody.Refused {
            return .now(form.complete(refused.response))
        } catch let malformed as GraphQLRequest.Malformed {
            return .now(form.response(.malformed(malformed.message)))
        } catch {
            return .now(form.response(.malformed("The body cannot be read.")))
        }
        let caller = Caller(request)
        switch body {
        case .single(let request):
            return reply(begin(prepare(request, caller: caller), caller: caller), form)
        case .batch(let requests):
            return replyToBatch(requests, caller: caller, form)
        }
    }

    private func get(_ request: HTTPRequest, _ form: ResponseNegotiation) -> HTTPReply {
        if let requestGuard, !requestGuard.allows(request) { return .now(form.complete(.crossSiteRequest)) }
        let parsed: GraphQLRequest
        do {
            parsed = try GraphQLRequest(urlQuery: request.query ?? "")
        } catch {
            return .now(form.response(.malformed(error.message)))
        }
        let caller = Caller(request)
        switch service.prepare(parsed, for: caller) {
        case .refused(let response):
            return .now(form.response(response))
        case .ready(let operation):
            guard operation.kind == .query else {
                let message = "A \(operation.kind.rawValue) cannot be sent by GET"
                return .now(form.complete(.methodNotAllowed(allowed: "POST", message)))
            }
            return reply(service.begin(operation, caller: caller), form)
        }
    }

    // MARK: - Replies

    /// Prepares one request of a body that gets one response.
    private func prepare(_ request: GraphQLRequest, caller: Caller) -> Preparation {
        let preparation = service.prepare(request, for: caller)
        guard case .ready(let operation) = preparation, operation.kind == .subscription else { return preparation }
        let message = "A subscription needs a stream of results; this endpoint sends one response."
        return .refused(.refused(.methodNotAllowed, message, kind: .requestError))
    }

    private func begin(_ preparation: Preparation, caller: Caller) -> Reply<GraphQLResponse> {
        switch preparation {
        case .refused(let response): .now(response)
        case .ready(let operation): service.begin(operation, caller: caller)
        }
    }

    private func reply(_ reply: Reply<GraphQLResponse>, _ form: ResponseNegotiation) -> HTTPReply {
        switch reply {
        case .now(let response): .now(form.response(response))
        case .later(let respond): .later { form.response(await respond()) }
        }
    }

    /// Executes all requests of a batch at the same time, or one after another if one of them writes.
    private func replyToBatch(
        _ requests: [Result<GraphQLRequest, GraphQLRequest.Malformed>],
        caller: Caller,
        _ form: ResponseNegotiation
    ) -> HTTPReply {
        let preparations = requests.map { request in
            switch request {
            case .success(let request): prepare(request, caller: caller)
            case .failure(let malformed): Preparation.refused(.malformed(malformed.message))
            }
        }
        return .later {
            guard preparations.contains(where: \.writes) else {
                return form.response(
                    .batch(await together(preparations.map { begin($0, caller: caller) }), limits: service.limits)
                )
            }
            var responses: [GraphQLResponse] = []
            // What comes after a write begins after it, so that it reads nothing older than the write.
            for preparation in preparations { responses.append(await begin(preparation, caller: caller).value()) }
            return form.response(.batch(responses, limits: service.limits))
        }
    }

    private func together(_ replies: [Reply<GraphQLResponse>]) async -> [GraphQLResponse] {
        await withTaskGroup(of: (Int, GraphQLResponse).self) { group in
            for (index, reply) in replies.enumerated() {
                group.addTask { (index, await reply.value()) }
            }
            let responses = await group.reduce(into: [Int: GraphQLResponse]()) { $0[$1.0] = $1.1 }
            return replies.indices.compactMap { responses[$0] }
        }
    }
}

extension Preparation {
    /// Whether there is an operation that writes.
    fileprivate var writes: Bool {
        if case .ready(let operation) = self { operation.kind == .mutation } else { false }
    }
}
