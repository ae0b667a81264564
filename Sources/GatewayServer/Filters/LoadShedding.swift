private import Gateway
internal import NIOHTTP1

/// Refuses requests that have to wait for something while too many do already.
///
/// Those that are responded to at once, such as from a cache, are served whatever the load is.
final class LoadShedding: HTTPFilter {
    private let maximum: Int
    private let inFlight: RequestsInFlight

    /// Makes a filter.
    ///
    /// - Parameters:
    ///   - maximum: the most requests that wait at a time.
    ///   - inFlight: counts them, also for a filter that takes the place of this one.
    init(maximum: Int, inFlight: RequestsInFlight = RequestsInFlight()) {
        self.maximum = maximum
        self.inFlight = inFlight
    }

    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        let reply = next.reply(to: request)
        guard case .later(let respond) = reply else { return reply }
        guard inFlight.add() <= maximum else {
            inFlight.remove()
            return .now(next.refusal(.tooManyInFlight, of: request.head))
        }
        return .later {
            var response = await respond()
            guard response.waitsWithBody, case .stream(let body) = response.body else {
                self.inFlight.remove()
                return response
            }
            let place = Place(self.inFlight)
            response.body = .stream(
                BodyStream { writer in
                    await body.produce(writer)
                    withExtendedLifetime(place) {}
                }
            )
            return response
        }
    }

    /// The place of a request among those in flight, until its body is made or nobody wants that any more.
    private final class Place: Sendable {
        private let inFlight: RequestsInFlight

        init(_ inFlight: RequestsInFlight) {
            self.inFlight = inFlight
        }

        deinit { inFlight.remove() }
    }
}

extension HTTPResponse {
    /// The response to a request while too many are in flight.
    fileprivate static let tooManyInFlight = HTTPResponse.error(
        .serviceUnavailable,
        .overloaded,
        "Too many requests are in flight; retry in 1 second."
    ).with("retry-after", "1")
}
