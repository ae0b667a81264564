internal import Gateway
internal import NIOHTTP1

/// Notifies an observer of every response, and makes the trace spans of requests.
///
/// A client may choose the trace by `traceparent`.
struct ExchangeObservation: HTTPFilter {
    private let observer: any GatewayObserver
    private let tracing: TraceSampling?
    private let routes: RouteLabels

    /// Makes a filter.
    ///
    /// - Parameters:
    ///   - observer: the observer.
    ///   - tracing: begins traces; nil: none are recorded.
    ///   - routes: the routes that metrics distinguish; other paths are not, as clients can make up any number.
    init(_ observer: any GatewayObserver, tracing: TraceSampling? = nil, routes: [Route]) {
        self.observer = observer
        self.tracing = tracing
        self.routes = RouteLabels(routes)
    }

    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        let notes = observer.wantsNotes() ? ExchangeNotes() : nil
        // PERF: mostly nothing is added to the request, so that it is not copied.
        guard notes != nil || tracing != nil else { return observed(request, next) }
        var request = request
        request.notes = notes
        begin(&request)
        return observed(request, next)
    }

    private func observed(_ request: HTTPRequest, _ next: any Endpoint) -> HTTPReply {
        let startedAt = ContinuousClock.now
        switch next.reply(to: request) {
        case .now(let response):
            return .now(reported(response, to: request, since: startedAt))
        case .later(let respond):
            return .later {
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
        if observer.wantsNotes() { request.notes = ExchangeNotes() }
        begin(&request)
        report(response, to: request, since: .now)
        return response
    }

    private func begin(_ request: inout HTTPRequest) {
        guard let tracing else { return }
        request.trace = RequestTrace(
            tracing,
            field: request.head.headers.only(RequestTrace.fieldName),
            state: request.header(RequestTrace.stateFieldName)
        )
    }

    /// Reports a response, now and each time that it is sent again.
    // PERF: consuming, as a copy would retain each field of the response.
    private func reported(
        _ response: consuming HTTPResponse,
        to request: HTTPRequest,
        since startedAt: ContinuousClock.Instant
    ) -> HTTPResponse {
        let record = report(response, to: request, since: startedAt)
        guard let repetition = response.repetition else { return response }
        var repeatable = response
        // Spans and access logs are of single requests, so that each has to pass this filter.
        guard request.trace == nil, request.notes == nil else {
            repeatable.repetition = nil
            return repeatable
        }
        // Only the record is captured: the request and the response would be held twice by the cache.
        repeatable.repetition = repetition.reported(as: RepeatedExchange(observer, record))
        return repeatable
    }

    @discardableResult private func report(
        _ response: borrowing HTTPResponse,
        to request: HTTPRequest,
        since startedAt: ContinuousClock.Instant
    ) -> ExchangeRecord {
        var record = ExchangeRecord(
            id: request.id,
            method: request.method.rawValue,
            route: routes[request.path],
            status: Int(response.status.code),
            requestBytes: request.body.count,
            responseBytes: response.body.count,
            startedAt: startedAt,
            duration: ContinuousClock.now - startedAt
        )
        // PERF: only requests in a trace have these fields.
        if request.notes != nil { record.notes = request.notes }
        if case .some = request.trace {
            record.peerAddress = request.peerAddress
            record.setTrace(request.trace)
        }
        observer.exchangeCompleted(record)
        return record
    }
}
