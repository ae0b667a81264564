import Testing

@testable import Gateway

@Suite struct RequestBodyTests {
    /// The documents of a body's requests; nil for one that is malformed.
    private static func queries(_ body: String, most: Int) throws(GraphQLRequest.Malformed) -> [String?] {
        switch try RequestBody(json: Array(body.utf8), maximumBatch: most) {
        case .single(let request): [request.query]
        case .batch(let requests):
            requests.map { if case .success(let request) = $0 { request.query } else { nil } }
        }
    }

    @Test func eachRequestOfABatchIsWellFormedByItself() throws {
        #expect(try Self.queries(#"{"query":"a"}"#, most: 0) == ["a"])
        #expect(try Self.queries(#"[{"query":"a"},1,{"query":"b"}]"#, most: 3) == ["a", nil, "b"])
    }

    @Test(arguments: [
        ("[]", 0, "Batching is disabled: send one request, a JSON object."),
        (#"[{"query":"a"}]"#, 0, "Batching is disabled: send one request, a JSON object."),
        ("[]", 2, "A batch has 1 to 2 requests; this one has 0."),
        ("[1,2,3]", 2, "A batch has 1 to 2 requests; this one has 3."),
    ])
    func aBatchOfAnotherSizeIsRefused(body: String, most: Int, message: String) {
        #expect(throws: GraphQLRequest.Malformed(message: message)) { try Self.queries(body, most: most) }
    }
}
