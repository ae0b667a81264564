/// What a subscriber is sent.
package enum StreamItem: Sendable {
    /// One result.
    case result(StreamedResult)
    /// Why there are no more results: the subscriber must begin anew.
    case failure(StreamedResult)
    /// Nothing has happened for a time.
    case heartbeat

    /// The result that is to be sent; nil: a sign of life.
    package var result: StreamedResult? {
        switch self {
        case .result(let result), .failure(let result): result
        case .heartbeat: nil
        }
    }
}
