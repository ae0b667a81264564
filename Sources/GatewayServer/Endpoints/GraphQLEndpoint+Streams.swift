internal import Gateway
internal import NIOHTTP1

extension GraphQLEndpoint {
    /// The reply to a request whose client asks for a stream of results; nil: it asks for one response.
    func streamReply(to request: HTTPRequest) -> HTTPReply? {
        let accept = request.header("accept")
        if let events = EventStreamTransport(accept: accept) {
            return reply(to: request, events) { prepared in
                .later { events.response(await prepared.reply().value()) }
            }
        }
        guard let parts = MultipartTransport(accept: accept) else { return nil }
        // Operations that end have one response, as without the media type.
        return reply(to: request, parts) { prepared in
            let form = ResponseNegotiation(
                of: request,
                among: ResponseMediaType.graphQL,
                clientMaximumAge: options.clientMaximumAge,
                rateLimitPolicy: service.rateLimitPolicy(for: request.client)
            )
            guard let form else { return .now(.notAcceptable.varying(by: .accept)) }
            return reply(prepared, form, request.sharing)
        }
    }

    private func reply(
        to request: HTTPRequest,
        _ transport: some StreamTransport,
        single: (PreparedRequest) -> HTTPReply
    ) -> HTTPReply? {
        let prepared: PreparedRequest
        do {
            let parsed =
                request.method == .POST
                ? try GraphQLRequest(json: try JSONBody.bytes(of: request, maximum: options.maximumBodyBytes))
                : try GraphQLRequest(urlQuery: request.query ?? "")
            prepared = service.prepare(parsed, for: Caller(request))
        } catch {
            // The endpoint says what is wrong, as for every other request.
            return nil
        }
        if request.method == .GET, let kind = prepared.kind, kind == .mutation {
            return .now(.methodNotAllowed(allowed: "POST", "A mutation cannot be sent by GET"))
        }
        guard prepared.kind == .subscription else { return single(prepared) }
        switch prepared.subscribe() {
        case .refused(let response): return .now(transport.response(response))
        case .stream(let stream): return .now(transport.response(stream))
        }
    }
}
