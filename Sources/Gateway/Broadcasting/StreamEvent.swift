/// What happens to a subscriber of a stream.
package enum StreamEvent: Sendable {
    /// There is a result.
    case result(StreamedResult)
    /// There are no more results, for a reason: the subscriber must begin anew.
    case failure(StreamedResult)
    /// There are no more results.
    case end(ResultStream.End)

    /// The result that is to be sent; nil: there is none.
    var result: StreamedResult? {
        switch self {
        case .result(let result), .failure(let result): result
        case .end: nil
        }
    }
}
