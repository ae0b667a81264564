internal import Gateway
internal import NIOHTTP1

/// Notifies an observer of every response, and gives each request a place in a trace.
///
/// A client may choose the trace by `traceparent`.
struct ExchangeObservation: HTTPFilter {
    private let observer: any GatewayObserver
    private let tracing: TraceSampling?
    private let routes: [(path: String, label: String, takesEncodedPaths: Bool)]

    /// Makes a filter.
    ///
    /// - Parameters:
    ///   - observer: is notified.
    ///   - tracing: begins traces; nil: none are recorded.
    ///   - routes: what has a metric of its own: clients could make up any other path.
    init(_ observer: any GatewayObserver, tracing: TraceSampling? = nil, routes: [Route]) {
        self.observer = observer
        self.tracing = tracing
        // PERF: they are compared one by one, the shortest first.
        self.routes = routes.map { (path: $0.path, label: $0.label, takesEncodedPaths: $0.takesEncodedPaths) }
            .sorted { ($0.path.utf8.count, $0.path) < ($1.path.utf8.count, $1.path) }
    }

    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        var request = request
        begin(&request)
        let startedAt = ContinuousClock.now
        switch next.reply(to: request) {
        case .now(let response):
            return .now(reported(response, to: request, since: startedAt))
        case .later(let respond):
            return .later { [request] in
                reported(await respond(), to: request, since: startedAt)
            }
        case .upgrade(let upgrade):
            return .upgrade(upgrade)
        }
    }

    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead, next: any Endpoint) -> HTTPResponse {
        let response = next.refusal(response, of: head)
        var request = HTTPRequest(head: head, body: [])
        request.id = head.headers.first(name: RequestIDs.field)
        begin(&request)
        report(response, to: request, since: .now)
        return response
    }

    private func begin(_ request: inout HTTPRequest) {
        if observer.wantsNotes() { request.notes = ExchangeNotes() }
        guard let tracing else { return }
        request.trace = RequestTrace(
            tracing,
            field: request.head.headers.first(name: RequestTrace.fieldName),
            state: request.header(RequestTrace.stateFieldName)
        )
    }

    /// Reports a response, and from now on each time that it is sent again.
    private func reported(
        _ response: HTTPResponse,
        to request: HTTPRequest,
        since startedAt: ContinuousClock.Instant
    ) -> HTTPResponse {
        report(response, to: request, since: startedAt)
        guard let repetition = response.repetition else { return response }
        var repeatable = response
        // Spans and access logs are of one request: each has to pass this filter.
        guard request.trace == nil, request.notes == nil else {
            repeatable.repetition = nil
            return repeatable
        }
        repeatable.repetition = repetition.noted { repeated in
            var request = request
            request.id = repeated.id
            report(response, to: request, since: repeated.startedAt)
        }
        return repeatable
    }

    private func report(_ response: HTTPResponse, to request: HTTPRequest, since startedAt: ContinuousClock.Instant) {
        var record = ExchangeRecord(
            id: request.id,
            method: request.method.rawValue,
            route: route(of: request.path),
            status: Int(response.status.code),
            requestBytes: request.body.count,
            responseBytes: response.body.count,
            startedAt: startedAt,
            duration: ContinuousClock.now - startedAt
        )
        record.peerAddress = request.peerAddress
        record.notes = request.notes
        record.setTrace(request.trace)
        observer.exchangeCompleted(record)
    }

    private func route(of path: Substring) -> String? {
        let path = path.utf8.count > 1 && path.utf8.last == UInt8(ascii: "/") ? path.dropLast() : path
        let found = routes.first { $0.path.utf8.count == path.utf8.count && $0.path.utf8.elementsEqual(path.utf8) }
        if let found { return found.label }
        guard let decoded = RequestTarget.decoded(path) else { return nil }
        return routes.first { $0.takesEncodedPaths && $0.path.utf8.elementsEqual(decoded.utf8) }?.label
    }
}
