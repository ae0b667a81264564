internal import Gateway
internal import NIOHTTP1
private import Upstream

/// JSON-RPC 2.0 over HTTP: a message in the body of a POST, its answer in the response's.
///
/// Only JSON bodies are taken, which no page of another site can make a browser send without asking first.
struct RPCDoor: Door {
    let service: RPCService
    let options: GraphQLDoorOptions
    /// The value of `RateLimit-Policy`, if clients are limited.
    let rateLimitPolicy: String?

    func reply(to request: HTTPRequest) -> Reply {
        switch request.method {
        case .POST: post(request)
        case .OPTIONS: .now(options.description(for: request, allowed: "POST, OPTIONS"))
        default:
            .now(
                options.shared(
                    .methodNotAllowed(allowed: "POST, OPTIONS", "JSON-RPC messages come in the body of a POST"),
                    with: request
                )
            )
        }
    }

    private func post(_ request: HTTPRequest) -> Reply {
        guard let form = options.form(of: request, rateLimitPolicy: rateLimitPolicy) else {
            return .now(options.shared(.notAcceptable, with: request))
        }
        let message: [UInt8]
        do {
            message = try JSONBody.bytes(of: request, maximum: options.maximumBodyBytes)
        } catch {
            return .now(form.complete(error.response))
        }
        switch service.respond(to: message, caller: Caller(request)) {
        case .now(let response): return .now(form.response(response))
        case .later(let respond): return .later { form.response(await respond()) }
        }
    }
}

extension ResponseForm {
    /// The HTTP response of a JSON-RPC answer: errors are answers too, and notifications have none.
    func response(_ answer: RPCResponse) -> HTTPResponse {
        guard let body = answer.body else {
            return complete(limited(HTTPResponse(status: .noContent), answer.standing))
        }
        let response = HTTPResponse(status: .ok, contentType: ResponseMediaType.json.contentType, body: body)
        return complete(limited(response, answer.standing))
    }
}
