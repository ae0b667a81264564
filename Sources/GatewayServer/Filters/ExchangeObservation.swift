internal import Gateway
internal import NIOHTTP1

/// Notifies an observer of every response.
struct ExchangeObservation: HTTPFilter {
    private let observer: any GatewayObserver
    private let routes: Set<String>

    /// Makes a filter.
    ///
    /// - Parameters:
    ///   - observer: is notified.
    ///   - routes: the paths that have a metric of their own: clients could make up any others.
    init(_ observer: any GatewayObserver, routes: Set<String>) {
        self.observer = observer
        self.routes = routes
    }

    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        let startedAt = ContinuousClock.now
        switch next.reply(to: request) {
        case .now(let response):
            report(response, to: request, since: startedAt)
            return .now(response)
        case .later(let respond):
            return .later {
                let response = await respond()
                report(response, to: request, since: startedAt)
                return response
            }
        case .upgrade(let upgrade):
            return .upgrade(upgrade)
        }
    }

    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead, next: any Endpoint) -> HTTPResponse {
        let response = next.refusal(response, of: head)
        var request = HTTPRequest(head: head, body: [])
        request.id = head.headers.first(name: RequestIDs.field)
        report(response, to: request, since: .now)
        return response
    }

    private func report(_ response: HTTPResponse, to request: HTTPRequest, since startedAt: ContinuousClock.Instant) {
        let path = request.path.count > 1 && request.path.last == "/" ? request.path.dropLast() : request.path
        observer.exchangeCompleted(
            ExchangeRecord(
                id: request.id,
                method: request.method.rawValue,
                route: routes.contains(String(path)) ? String(path) : nil,
                status: Int(response.status.code),
                requestBytes: request.body.count,
                responseBytes: response.body.count,
                startedAt: startedAt,
                duration: ContinuousClock.now - startedAt
            )
        )
    }
}
