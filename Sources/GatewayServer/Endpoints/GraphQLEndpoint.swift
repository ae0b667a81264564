internal import Gateway
internal import NIOHTTP1

/// GraphQL over HTTP.
///
/// https://graphql.github.io/graphql-over-http/draft/
struct GraphQLEndpoint: Endpoint {
    let service: GatewayService
    let options: GraphQLEndpointOptions
    let sockets: GraphQLSocketOpening

    /// The supported methods.
    static let methods = "GET, POST, OPTIONS"

    func reply(to request: HTTPRequest) -> HTTPReply {
        if WebSocketHandshake.isOffered(by: request) { return sockets.reply(to: request) }
        switch request.method {
        case .POST, .GET:
            if let reply = streamReply(to: request) { return reply }
            let form = ResponseNegotiation(
                of: request,
                among: ResponseMediaType.graphQL,
                clientMaximumAge: options.clientMaximumAge,
                rateLimitPolicy: service.rateLimitPolicy(for: request.client)
            )
            guard let form else { return .now(.notAcceptable.varying(by: .accept)) }
            return request.method == .POST ? post(request, form) : get(request, form)
        case .OPTIONS:
            return .now(.methods(Self.methods).varying(by: .accept))
        default:
            return .now(.methodNotAllowed(allowed: Self.methods).varying(by: .accept))
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
            return .now(form.response(service.malformed(malformed.message, for: Caller(request))))
        } catch {
            return .now(form.response(service.malformed("The body cannot be read.", for: Caller(request))))
        }
        let caller = Caller(request)
        switch body {
        case .single(let single):
            return reply(prepare(single, caller: caller), form, request.sharing, request.cancellation)
        case .batch(let requests):
            return batchReply(to: requests, caller: caller, form, request.cancellation)
        }
    }

    private func get(_ request: HTTPRequest, _ form: ResponseNegotiation) -> HTTPReply {
        let parsed: GraphQLRequest
        do {
            parsed = try GraphQLRequest(urlQuery: request.query ?? "")
        } catch {
            return .now(form.response(service.malformed(error.message, for: Caller(request))))
        }
        let caller = Caller(request)
        let prepared = service.prepare(parsed, for: caller)
        if prepared.kind == .subscription { return .now(form.complete(.needsStream)) }
        if let kind = prepared.kind, kind != .query {
            return .now(form.complete(.methodNotAllowed(allowed: "POST", "A \(kind.rawValue) cannot be sent by GET")))
        }
        return reply(prepared, form, request.sharing, request.cancellation)
    }

    // MARK: - Responses

    /// Prepares a request that gets a single response.
    private func prepare(_ request: GraphQLRequest, caller: Caller) -> PreparedRequest {
        let prepared = service.prepare(request, for: caller)
        guard prepared.kind == .subscription else { return prepared }
        return prepared.refused(.needsStream)
    }

    /// Begins to execute an operation that gets a single response.
    func reply(
        _ prepared: consuming PreparedRequest,
        _ form: ResponseNegotiation,
        _ sharing: SharingOffer?,
        _ cancellation: CancellationOffer?
    ) -> HTTPReply {
        // A client that leaves does not cancel a write.
        if prepared.kind == .query { cancellation?.make() }
        let (reply, window) = prepared.start()
        switch reply {
        case .now(let result):
            return .now(form.response(result))
        case .later(let respond):
            guard let window, let sharing else { return .later { form.response(await respond()) } }
            sharing.make(window)
            return .later {
                let result = await respond()
                var response = form.response(result)
                if result.isComplete { response.repetition = Repetition(window, result.outcome) }
                return response
            }
        }
    }

    /// Executes the requests of a batch at the same time, or one after another if one of them is a mutation.
    private func batchReply(
        to requests: [Result<GraphQLRequest, GraphQLRequest.Malformed>],
        caller: Caller,
        _ form: ResponseNegotiation,
        _ cancellation: CancellationOffer?
    ) -> HTTPReply {
        let prepared = requests.enumerated().map { position, request in
            var caller = caller
            caller.idempotency?.position = position
            return switch request {
            case .success(let request): prepare(request, caller: caller)
            case .failure(let malformed): service.refused(.malformed(malformed), for: caller)
            }
        }
        if !prepared.contains(where: { $0.kind == .mutation }) { cancellation?.make() }
        return .later {
            await LongWorkExecutor.run(ifLong: prepared.count > LongWorkExecutor.mostOperations) {
                form.response(.batch(await responses(to: prepared), limits: service.limits))
            }
        }
    }

    private func responses(to prepared: [PreparedRequest]) async -> [GraphQLResponse] {
        guard prepared.contains(where: { $0.kind == .mutation }) else {
            return await together(prepared.map { $0.reply() })
        }
        var responses: [GraphQLResponse] = []
        // Requests after a write begin after it, so that they do not reuse older results.
        for request in prepared { responses.append(await request.reply().value()) }
        return responses
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
