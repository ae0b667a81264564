private import Gateway
internal import NIOHTTP1

/// Refuses requests that have to wait for the upstream while too many do.
///
/// Requests with an immediate response, such as a cached one, are never refused.
final class LoadShedding: HTTPFilter {
    private let limit: LoadLimit

    /// Makes a filter.
    ///
    /// - Parameters:
    ///   - maximum: the most requests that wait at a time.
    ///   - inFlight: the count of waiting requests, which outlives this filter.
    init(maximum: Int, inFlight: RequestsInFlight = RequestsInFlight()) {
        limit = LoadLimit(maximum: maximum, inFlight: inFlight)
    }

    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        // PERF: charges are only recorded if requests may be refused, as that takes an object and a copy of the request.
        guard limit.isNearlyReached else { return counted(next.reply(to: request), request, next) }
        var request = request
        request.charge = ClientCharge()
        return counted(next.reply(to: request), request, next)
    }

    /// Counts a request that has to wait, or refuses it.
    private func counted(_ reply: HTTPReply, _ request: HTTPRequest, _ next: any Endpoint) -> HTTPReply {
        guard case .later(let respond) = reply else { return reply }
        // PERF: counted here, without an object for each request.
        guard limit.inFlight.add() <= limit.maximum else {
            limit.inFlight.remove()
            request.charge?.refund()
            return .now(next.refusal(.tooManyInFlight, of: request.head))
        }
        return .later {
            var response = await respond()
            guard response.waitsWithBody, case .stream(let body) = response.body else {
                self.limit.inFlight.remove()
                return response
            }
            let place = self.limit.placeOfCounted()
            response.body = .stream(
                BodyStream { writer in
                    await body.produce(writer)
                    withExtendedLifetime(place) {}
                }
            )
            return response
        }
    }
}

extension HTTPResponse {
    /// The response to a request while too many are in flight.
    fileprivate static let tooManyInFlight = HTTPResponse.error(
        .serviceUnavailable,
        .overloaded,
        RequestRefusal.overloadedMessage
    ).with("retry-after", "1")
}
