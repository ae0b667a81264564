private import Gateway
internal import NIOHTTP1

/// The description of the JSON-RPC methods, for tools.
struct OpenRPCDoor: Door {
    let document: [UInt8]
    let options: GraphQLDoorOptions

    func reply(to request: HTTPRequest) -> Reply {
        switch request.method {
        case .GET, .HEAD:
            guard let form = options.form(of: request, rateLimitPolicy: nil) else {
                return .now(options.shared(.notAcceptable, with: request))
            }
            let response = HTTPResponse(status: .ok, contentType: ResponseMediaType.json.contentType, body: document)
            return .now(form.complete(response, maxAge: 300))
        case .OPTIONS: return .now(options.description(for: request, allowed: "GET, HEAD, OPTIONS"))
        default: return .now(options.shared(.methodNotAllowed(allowed: "GET, HEAD, OPTIONS"), with: request))
        }
    }
}
