internal import Gateway
internal import NIOHTTP1

/// Only passes requests with the token of a client, and sets their client.
///
/// A request of a client with limits, or with a token that expires, has to pass this filter each time: its response is not sent
/// again to requests of the same bytes without parsing them.
struct ClientAuthentication: HTTPFilter {
    /// The clients that may call.
    let directory: ClientDirectory
    /// The challenge in responses to requests without a valid token.
    let challenge: AuthenticationChallenge
    /// Whether WebSockets can be opened behind this filter; their messages may have a token instead of the opening request, to which a
    /// page cannot add one.
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

    /// - Throws: the reason why the request's token identifies no client.
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

    /// Replies when the keys that verify tokens have been fetched.
    private func replyWhenSettled(to request: HTTPRequest, _ next: any Endpoint) async -> HTTPResponse {
        await directory.settle()
        do throws(AuthenticationFailure) {
            switch try authenticated(request, next) {
            case .now(let response): return response
            case .later(let respond): return await respond()
            case .upgrade:
                // An upgrade cannot wait: the client retries.
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

    /// Whether a request opens a WebSocket without a token, which its messages then need.
    private func authenticatesLater(_ request: HTTPRequest) -> Bool {
        opensSockets && request.method == .GET && request.offersWebSocket
            && !request.head.headers.contains(name: "authorization")
    }
}

extension HTTPReply {
    /// The reply, not to be sent again to other requests.
    fileprivate var withoutRepetition: HTTPReply {
        switch self {
        case .now(let response): .now(response.withoutRepetition)
        case .later(let respond): .later { await respond().withoutRepetition }
        case .upgrade: self
        }
    }
}

extension HTTPResponse {
    /// The response, not to be sent again to other requests.
    fileprivate var withoutRepetition: HTTPResponse {
        var response = self
        response.repetition = nil
        return response
    }
}
