import Testing

@testable import GatewayServer

/// How the header field `Accept` chooses between one response and one in parts.
@Suite struct StreamNegotiationTests {
    @Test(arguments: [
        ("multipart/mixed;q=0.5, application/json;q=0.9", false), ("multipart/mixed, application/json;q=0.9", true),
        ("multipart/mixed;q=0.5, application/json;q=0.5", true), ("multipart/mixed;q=0.5", true),
        ("multipart/mixed;q=0.5, application/graphql-response+json", false), ("multipart/mixed;q=0.5, */*", true),
        ("text/event-stream;q=0.1, multipart/mixed;q=0.9, application/json;q=0.5", true),
    ])
    func jsonThatWeighsMoreIsOneResponse(accept: String, isInParts: Bool) throws {
        let negotiation = try #require(StreamNegotiation(accept: accept))
        #expect((negotiation.parts != nil) == isInParts)
    }
}
