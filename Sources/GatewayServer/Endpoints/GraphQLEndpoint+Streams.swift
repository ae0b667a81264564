internal import Gateway
internal import NIOHTTP1

extension RequestRefusal {
    /// The refusal of a subscription whose client accepts a single response.
    static let needsStream = RequestRefusal.unsupported(needsStreamMessage)

    fileprivate static let needsStreamMessage =
        "A subscription needs a stream of results: send \"Accept: text/event-stream\" or "
        + "\"Accept: multipart/mixed;subscriptionSpec=1.0\", or use a WebSocket."
}

extension HTTPResponse {
    /// The response to a subscription by GET whose client accepts a single response.
    static let needsStream = HTTPResponse.error(
        .methodNotAllowed,
        .methodNotAllowed,
        RequestRefusal.needsStreamMessage
    ).with("allow", "POST")
}

extension GraphQLEndpoint {
    /// The reply to a request whose client accepts several results in one response; nil: it accepts a single one.
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
            // Errors of the request are JSON, whatever the client accepts; if it accepts JSON, they are as for every other request.
            return form(request, offer) == nil ? .now(refusal(error, request)) : nil
        }
        if request.method == .GET, let kind = prepared.kind, kind == .mutation {
            return .now(.methodNotAllowed(allowed: "POST", "A mutation cannot be sent by GET"))
        }
        guard prepared.isFollowed else { return reply(to: request, parsed, prepared, offer) }
        guard let transport = offer.subscriptions else {
            // Then a live query has a single result.
            guard prepared.kind == .subscription else { return reply(to: request, parsed, prepared, offer) }
            return whole(prepared.refused(.needsStream), request, offer)
        }
        switch prepared.subscribe() {
        case .refused(let response) where response.kind == .rateLimited: return .now(refusal(response, request))
        case .refused(let response): return .now(transport.response(refusing: response))
        case .stream(let stream):
            // While the results continue, the client may be removed or its token may expire.
            let access = GraphQLSocketAccess(request, sockets.current)
            return .now(transport.response(stream) { access.refusal == nil })
        }
    }

    /// The reply to an operation that is neither a subscription nor a live query.
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
            // A `later` reply, so that too many of them are refused, like all requests that wait for the upstream.
            return .later { negotiation(request)?.limited(response, delivery.rateLimitStatus) ?? response }
        }
    }

    // MARK: - Whole responses

    /// The reply with a single result, in the best format for the client: JSON, an event, or the only part.
    private func whole(_ prepared: PreparedRequest, _ request: HTTPRequest, _ offer: StreamNegotiation) -> HTTPReply {
        if let form = form(request, offer) { return reply(prepared, form, request.sharing, request.cancellation) }
        guard offer.parts != nil || prepared.isRefused else { return .now(.notAcceptable.varying(by: .accept)) }
        return .later { whole(await prepared.reply().value(), request, offer) }
    }

    private func whole(_ response: GraphQLResponse, _ request: HTTPRequest, _ offer: StreamNegotiation) -> HTTPResponse
    {
        if let form = form(request, offer) { return form.response(response) }
        // The status and header fields state when to retry.
        if response.kind == .rateLimited { return refusal(response, request) }
        if let events = offer.subscriptions as? EventStreamTransport { return events.response(response) }
        guard let (transport, _) = offer.parts, response.kind == .executed else { return refusal(response, request) }
        return transport.response(onlyMessage: response)
    }

    /// The response to a malformed request.
    private func refusal(_ error: any Error, _ request: HTTPRequest) -> HTTPResponse {
        let form = ResponseNegotiation(refusalsWith: service.rateLimitPolicy(for: request.client))
        if let refused = error as? JSONBody.Refused { return form.complete(refused.response) }
        let malformed = error as? GraphQLRequest.Malformed
        let message = malformed?.message ?? "The body cannot be read."
        return form.response(service.malformed(message, for: Caller(request)))
    }

    /// The JSON response with a refusal, whatever the client accepts.
    private func refusal(_ response: GraphQLResponse, _ request: HTTPRequest) -> HTTPResponse {
        ResponseNegotiation(refusalsWith: service.rateLimitPolicy(for: request.client)).response(response)
    }

    /// The negotiation of a single JSON result; nil: the result is an event, or the only part.
    private func form(_ request: HTTPRequest, _ offer: StreamNegotiation) -> ResponseNegotiation? {
        // A client that accepts events by name and JSON only by a range gets events.
        offer.namesJSON || !(offer.subscriptions is EventStreamTransport) ? negotiation(request) : nil
    }

    /// The negotiation of a JSON response; nil: the client does not accept JSON.
    private func negotiation(_ request: HTTPRequest) -> ResponseNegotiation? {
        ResponseNegotiation(
            of: request,
            among: ResponseMediaType.graphQL,
            clientMaximumAge: options.clientMaximumAge,
            rateLimitPolicy: service.rateLimitPolicy(for: request.client)
        )
    }
}
