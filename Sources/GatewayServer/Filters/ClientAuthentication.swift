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
    /// Whether WebSockets can be opened behind this filter, whose messages can bring a token as well: a page cannot add one to the
    /// request that opens them.
    var opensSockets = false

    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        // A browser's preflight request never has a token.
        guard request.method != .OPTIONS, !authenticatesLater(request) else { return next.reply(to: request) }
        do throws(AuthenticationFailure) {
            return try authenticated(request, next)
        } catch .unavailable {
            return .later { await replyWhenSettled(to: request, next) }
        } catch {
            return .now(refusal(error, of: request, next))
        }
    }

    /// - Throws: why the request's token names no client.
    private func authenticated(
        _ request: HTTPRequest,
        _ next: any Endpoint
    ) throws(AuthenticationFailure) -> HTTPReply {
        let found = try directory.client(authorization: request.header("authorization"))
        var request = request
        request.client = found.client
        guard found.tokenExpires || found.client.rateLimitPolicy != nil else { return next.reply(to: request) }
        request.sharing = nil
        return next.reply(to: request).withoutRepetition
    }

    /// Replies once the keys that tokens are checked by have been fetched.
    private func replyWhenSettled(to request: HTTPRequest, _ next: any Endpoint) async -> HTTPResponse {
        await directory.settle()
        do throws(AuthenticationFailure) {
            switch try authenticated(request, next) {
            case .now(let response): return response
            case .later(let respond): return await respond()
            case .upgrade:
                // What is upgraded to cannot wait: the client tries again.
                return refusal(.unavailable("The token could not be checked in time; try again."), of: request, next)
            }
        } catch {
            return refusal(error, of: request, next)
        }
    }

    private func refusal(
        _ failure: AuthenticationFailure,
        of request: HTTPRequest,
        _ next: any Endpoint
    ) -> HTTPResponse {
        next.refusal(challenge.response(to: failure), of: request.head)
    }

    /// Whether a request opens a WebSocket without saying whose it is, which its messages then have to.
    private func authenticatesLater(_ request: HTTPRequest) -> Bool {
        opensSockets && request.method == .GET && request.offersWebSocket
            && !request.head.headers.contains(name: "authorization")
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
