internal import Gateway
internal import NIOHTTP1

/// Gives each request an id, by which its log lines and its response are found, and notifies an observer of its response.
///
/// A client, or a proxy before the gateway, may choose the id by `X-Request-ID`.
struct ObservedEndpoint: Endpoint {
    private let next: any Endpoint
    private let observer: (any GatewayObserver)?
    private let routes: Set<String>

    /// Makes an endpoint around another one.
    ///
    /// - Parameters:
    ///   - next: the other one.
    ///   - observer: is notified; nil: nobody is.
    ///   - routes: the paths that have a metric of their own: clients could make up any others.
    init(_ next: any Endpoint, observer: (any GatewayObserver)?, routes: Set<String>) {
        self.next = next
        self.observer = observer
        self.routes = routes
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        var request = request
        request.id = Self.id(of: request.head)
        let startedAt = ContinuousClock.now
        switch next.reply(to: request) {
        case .now(let response):
            return .now(complete(response, of: request, since: startedAt))
        case .later(let respond):
            return .later { [request] in complete(await respond(), of: request, since: startedAt) }
        case .upgrade(let upgrade):
            return .upgrade(upgrade)
        }
    }

    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead) -> HTTPResponse {
        var request = HTTPRequest(head: head, body: [])
        request.id = Self.id(of: head)
        return complete(next.refusal(response, of: head), of: request, since: .now)
    }

    private static func id(of head: HTTPRequestHead) -> String {
        Caller.requestID(clientSupplied: head.headers.first(name: "x-request-id"))
    }

    private func complete(
        _ response: HTTPResponse,
        of request: HTTPRequest,
        since startedAt: ContinuousClock.Instant
    ) -> HTTPResponse {
        let path = request.path.count > 1 && request.path.last == "/" ? request.path.dropLast() : request.path
        observer?.exchangeCompleted(
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
        return request.id.map { response.with("x-request-id", $0) } ?? response
    }
}
