internal import Gateway
internal import NIOHTTP1

/// Lets requests pass that bring the token of a client, and says whose they are.
///
/// A request of a client whose requests are counted, or whose token expires, has to pass this filter each time: its response is not sent
/// again to a request of the same bytes that nobody reads.
struct ClientAuthentication: HTTPFilter {
    /// The clients that may call.
    let directory: ClientDirectory
    /// What a response says of how to authenticate.
    let challenge: AuthenticationChallenge
    /// Lets pages that may call read the responses; nil: there are none.
    let crossOrigin: CrossOriginSharing?

    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        // A browser's preflight request never has a token.
        guard request.method != .OPTIONS else { return next.reply(to: request) }
        do throws(AuthenticationFailure) {
            let found = try directory.client(authorization: request.header("authorization"))
            var request = request
            request.client = found.client
            guard found.tokenExpires || found.client.rateLimitPolicy != nil else { return next.reply(to: request) }
            request.sharing = nil
            return next.reply(to: request).withoutRepetition
        } catch {
            var response = next.refusal(challenge.response(to: error), of: request.head)
            crossOrigin?.change(&response, to: request)
            return .now(response)
        }
    }
}

extension HTTPReply {
    /// The reply whose response is for this request alone.
    fileprivate var withoutRepetition: HTTPReply {
        switch self {
        case .now(let response): .now(response.withoutRepetition)
        case .later(let respond): .later { await respond().withoutRepetition }
        case .upgrade: self
        }
    }
}

extension HTTPResponse {
    /// The response for one request alone.
    fileprivate var withoutRepetition: HTTPResponse {
        var response = self
        response.repetition = nil
        return response
    }
}
