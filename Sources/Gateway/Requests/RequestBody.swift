internal import JSON

/// The request, or the batch of requests, in a JSON body.
package enum RequestBody: Sendable {
    case single(GraphQLRequest)
    /// Several requests, with responses in the same order; malformed ones are refused individually.
    case batch([Result<GraphQLRequest, GraphQLRequest.Malformed>])

    /// Reads a body with at most so many requests; with 0, arrays are refused.
    package init(json body: [UInt8], maximumBatch: Int) throws(GraphQLRequest.Malformed) {
        let document = try GraphQLRequest.document(body)
        guard document.node(0).kind == .array else {
            self = .single(try GraphQLRequest(document, at: 0))
            return
        }
        guard maximumBatch > 0 else {
            throw GraphQLRequest.Malformed(message: "Batching is disabled: send one request, a JSON object.")
        }
        let count = document.count(of: 0)
        guard 1...maximumBatch ~= count else {
            let message = "A batch has 1 to \(maximumBatch) requests; this one has \(count)."
            throw GraphQLRequest.Malformed(message: message)
        }
        self = .batch(
            document.elements(of: 0).map { element in
                Result { () throws(GraphQLRequest.Malformed) in try GraphQLRequest(document, at: element) }
            }
        )
    }
}
