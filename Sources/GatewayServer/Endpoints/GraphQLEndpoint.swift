internal import Gateway
internal import NIOHTTP1

/// GraphQL over HTTP.
///
/// https://graphql.github.io/graphql-over-http/draft/
struct GraphQLEndpoint: Endpoint {
    private let service: GatewayService
    private let options: EndpointOptions
    private let requestGuard: CrossSiteRequestGuard?
    private let responses: FrontCache?

    /// The supported methods.
    static let methods = "GET, POST, OPTIONS"

    init(service: GatewayService, options: EndpointOptions) {
        self.service = service
        self.options = options
        responses = FrontCache(service, clientMaximumAge: options.clientMaximumAge)
        requestGuard =
            options.preventsCrossSiteRequests
            ? CrossSiteRequestGuard(crossOrigin: options.crossOrigin, allowedHosts: options.allowedHosts) : nil
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        switch request.method {
        case .POST, .GET:
            let key = responses.flatMap { _ in FrontCache.Key(request) }
            if let key, let response = responses?.response(for: key, requestID: request.id) { return .now(response) }
            guard let form = options.form(of: request, rateLimitPolicy: service.rateLimitPolicy) else {
                return .now(options.shared(.notAcceptable, with: request))
            }
            return request.method == .POST ? post(request, form, key) : get(request, form, key)
        case .OPTIONS:
            return .now(options.description(for: request, allowed: Self.methods))
        default:
            return .now(options.shared(.methodNotAllowed(allowed: Self.methods), with: request))
        }
    }

    // MARK: - Methods

    private func post(_ request: HTTPRequest, _ form: ResponseNegotiation, _ key: FrontCache.Key?) -> HTTPReply {
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
            return reply(prepare(request, caller: caller).reply(), form, key)
        case .batch(let requests):
            return batchReply(to: requests, caller: caller, form)
        }
    }

    private func get(_ request: HTTPRequest, _ form: ResponseNegotiation, _ key: FrontCache.Key?) -> HTTPReply {
        if let requestGuard, !requestGuard.allows(request) { return .now(form.complete(.crossSiteRequest)) }
        let parsed: GraphQLRequest
        do {
            parsed = try GraphQLRequest(urlQuery: request.query ?? "")
        } catch {
            return .now(form.response(.malformed(error.message)))
        }
        let caller = Caller(request)
        let prepared = service.prepare(parsed, for: caller)
        if let kind = prepared.kind, kind != .query {
            return .now(form.complete(.methodNotAllowed(allowed: "POST", "A \(kind.rawValue) cannot be sent by GET")))
        }
        return reply(prepared.reply(), form, key)
    }

    // MARK: - Responses

    /// Prepares one request of a body that has one response.
    private func prepare(_ request: GraphQLRequest, caller: Caller) -> PreparedRequest {
        let prepared = service.prepare(request, for: caller)
        guard prepared.kind == .subscription else { return prepared }
        return prepared.refused(
            .unsupported("A subscription needs a stream of results; this endpoint sends one response.")
        )
    }

    private func reply(
        _ reply: Reply<GraphQLResponse>,
        _ form: ResponseNegotiation,
        _ key: FrontCache.Key?
    ) -> HTTPReply {
        switch reply {
        case .now(let result):
            let response = form.response(result)
            if let key { responses?.store(response, of: result, for: key) }
            return .now(response)
        case .later(let respond):
            return .later { form.response(await respond()) }
        }
    }

    /// Executes all requests of a batch at the same time, or one after another if one of them writes.
    private func batchReply(
        to requests: [Result<GraphQLRequest, GraphQLRequest.Malformed>],
        caller: Caller,
        _ form: ResponseNegotiation
    ) -> HTTPReply {
        let prepared = requests.map { request in
            switch request {
            case .success(let request): prepare(request, caller: caller)
            case .failure(let malformed): service.refused(.malformed(malformed), for: caller)
            }
        }
        return .later {
            guard prepared.contains(where: { $0.kind == .mutation }) else {
                return form.response(.batch(await together(prepared.map { $0.reply() }), limits: service.limits))
            }
            var responses: [GraphQLResponse] = []
            // What comes after a write begins after it, so that no older result is reused.
            for request in prepared { responses.append(await request.reply().value()) }
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
