internal import Gateway
internal import NIOHTTP1

extension RequestRefusal {
    /// The refusal of a subscription whose client takes one response.
    static let needsStream = RequestRefusal.unsupported(needsStreamMessage)

    fileprivate static let needsStreamMessage =
        "A subscription needs a stream of results: send \"Accept: text/event-stream\" or "
        + "\"Accept: multipart/mixed;subscriptionSpec=1.0\", or use a WebSocket."
}

extension HTTPResponse {
    /// The response to a subscription by GET whose client takes one response.
    static let needsStream = HTTPResponse.error(
        .methodNotAllowed,
        .methodNotAllowed,
        RequestRefusal.needsStreamMessage
    ).with("allow", "POST")
}

extension GraphQLEndpoint {
    /// The reply to a request whose client takes several results in one response; nil: it asks for one.
    func streamReply(to request: HTTPRequest) -> HTTPReply? {
        guard let offer = StreamNegotiation(accept: request.header("accept")) else { return nil }
        let (parsed, prepared): (GraphQLRequest, PreparedRequest)
        do {
            parsed =
                request.method == .POST
                ? try GraphQLRequest(json: try JSONBody.bytes(of: request, maximum: options.maximumBodyBytes))
                : try GraphQLRequest(urlQuery: request.query ?? "")
            prepared = service.prepare(parsed, for: Caller(request))
        } catch {
            // What is wrong is said in JSON, whatever the client takes; where it takes JSON, as for every other request.
            return form(request, offer) == nil ? .now(refusal(error, request)) : nil
        }
        if request.method == .GET, let kind = prepared.kind, kind == .mutation {
            return .now(.methodNotAllowed(allowed: "POST", "A mutation cannot be sent by GET"))
        }
        guard prepared.isFollowed else { return reply(to: request, parsed, prepared, offer) }
        guard let transport = offer.subscriptions else {
            // A live query has one result then.
            guard prepared.kind == .subscription else { return reply(to: request, parsed, prepared, offer) }
            return whole(prepared.refused(.needsStream), request, offer)
        }
        switch prepared.subscribe() {
        case .refused(let response) where response.kind == .rateLimited: return .now(refusal(response, request))
        case .refused(let response): return .now(transport.response(refusing: response))
        case .stream(let stream):
            // Its client may not be known any more, or its token may expire, while the results go on.
            let access = GraphQLSocketAccess(request, sockets.current)
            return .now(transport.response(stream) { access.refusal == nil })
        }
    }

    /// The reply to an operation that ends.
    private func reply(
        to request: HTTPRequest,
        _ parsed: GraphQLRequest,
        _ prepared: PreparedRequest,
        _ offer: StreamNegotiation
    ) -> HTTPReply {
        guard let (transport, format) = offer.parts, let reply = prepared.incrementalReply(to: parsed) else {
            return whole(prepared, request, offer)
        }
        switch reply {
        case .whole(let response): return .now(whole(response, request, offer))
        case .parts(let delivery):
            let response = transport.response(delivery, as: format)
            // Too many of them are refused, as of all that wait for the upstream.
            return .later { negotiation(request)?.limited(response, delivery.rateLimitStatus) ?? response }
        }
    }

    // MARK: - Whole responses

    /// The reply that is one result, in the form that suits the client best: JSON, an event, or the only part.
    private func whole(_ prepared: PreparedRequest, _ request: HTTPRequest, _ offer: StreamNegotiation) -> HTTPReply {
        if let form = form(request, offer) { return reply(prepared, form, request.sharing, request.cancellation) }
        guard offer.parts != nil || prepared.isRefused else { return .now(.notAcceptable.varying(by: .accept)) }
        return .later { whole(await prepared.reply().value(), request, offer) }
    }

    private func whole(_ response: GraphQLResponse, _ request: HTTPRequest, _ offer: StreamNegotiation) -> HTTPResponse
    {
        if let form = form(request, offer) { return form.response(response) }
        // When to try again is stated by the status and header fields.
        if response.kind == .rateLimited { return refusal(response, request) }
        if let events = offer.subscriptions as? EventStreamTransport { return events.response(response) }
        guard let (transport, _) = offer.parts, response.kind == .executed else { return refusal(response, request) }
        return transport.response(onlyMessage: response)
    }

    /// The response to what is no GraphQL request.
    private func refusal(_ error: any Error, _ request: HTTPRequest) -> HTTPResponse {
        let form = ResponseNegotiation(refusalsWith: service.rateLimitPolicy(for: request.client))
        if let refused = error as? JSONBody.Refused { return form.complete(refused.response) }
        let malformed = error as? GraphQLRequest.Malformed
        let message = malformed?.message ?? "The body cannot be read."
        return form.response(service.malformed(message, for: Caller(request)))
    }

    /// What is refused is JSON, whatever the client takes.
    private func refusal(_ response: GraphQLResponse, _ request: HTTPRequest) -> HTTPResponse {
        ResponseNegotiation(refusalsWith: service.rateLimitPolicy(for: request.client)).response(response)
    }

    /// How one result is formed that is JSON; nil: it is an event, or the only part.
    private func form(_ request: HTTPRequest, _ offer: StreamNegotiation) -> ResponseNegotiation? {
        // A client that takes events and, by a range, everything else wants events.
        offer.namesJSON || !(offer.subscriptions is EventStreamTransport) ? negotiation(request) : nil
    }

    /// How a response of one result is formed; nil: the client takes no JSON.
    private func negotiation(_ request: HTTPRequest) -> ResponseNegotiation? {
        ResponseNegotiation(
            of: request,
            among: ResponseMediaType.graphQL,
            clientMaximumAge: options.clientMaximumAge,
            rateLimitPolicy: service.rateLimitPolicy(for: request.client)
        )
    }
}
