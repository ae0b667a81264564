private import ContentCodings
internal import Gateway
internal import NIOHTTP1

/// Receives the webhooks of one workspace: `POST /webhooks/SLUG`.
///
/// Any sender may send them that signs with the workspace's secret; browsers do not.
struct WebhookEndpoint: Endpoint {
    private let receiver: WebhookReceiver

    /// The challenge for a request without a valid signature: https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1.
    private static let challenge = "Signature realm=\"webhooks\""

    init(receiver: WebhookReceiver) {
        self.receiver = receiver
    }

    /// The routes of all workspaces with webhooks.
    static func routes(_ webhooks: [WebhookOptions], of service: GatewayService) -> [Route] {
        webhooks.compactMap { WebhookReceiver(service: service, options: $0) }.map { receiver in
            Route("/webhooks/\(receiver.slug)", WebhookEndpoint(receiver: receiver), isListed: false)
        }
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        guard request.method == .POST else { return .now(.methodNotAllowed(allowed: "POST")) }
        guard request.body.count <= receiver.maximumBytes else {
            return .now(.payloadTooLarge(maximum: receiver.maximumBytes))
        }
        guard let coding = ContentCoding(contentEncoding: request.header("content-encoding")) else {
            let message = "Send the body as it is, or compressed with gzip."
            let response = HTTPResponse.error(.unsupportedMediaType, .unsupportedMediaType, message)
            return .now(response.with("accept-encoding", "gzip, identity"))
        }
        var isTooLarge = false
        // The bytes are signed as they are sent, so that a body is only decompressed when it is verified.
        let outcome = receiver.receive(request.body) { body in
            do throws(Gzip.Failure) {
                return coding == .gzip ? try Gzip.decompress(body, maximumBytes: receiver.maximumBytes) : body
            } catch {
                isTooLarge = error == .tooLarge
                return nil
            }
        } field: {
            request.header($0)
        }
        switch outcome {
        case .malformed where isTooLarge: return .now(.payloadTooLarge(maximum: receiver.maximumBytes))
        case .accepted: return .now(HTTPResponse(status: .accepted))
        case .malformed:
            return .now(.error(.badRequest, .badRequest, "The body must be a JSON object with the type of the event."))
        case .unverified:
            let message = "The signature of the body is missing or wrong."
            let response = HTTPResponse.error(.unauthorized, WebhookReceiver.codeOfUnverified, message)
            return .now(response.with("www-authenticate", Self.challenge))
        }
    }
}
