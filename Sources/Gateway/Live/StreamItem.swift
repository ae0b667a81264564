/// What a subscriber is sent.
package enum StreamItem<Output: StreamOutput>: Sendable {
    /// One result.
    case result(Output)
    /// Why there are no more results: the subscriber must begin anew.
    case failure(Output)
    /// Nothing has happened for a time.
    case heartbeat

    /// What is to be sent; nil: a sign of life.
    package var output: Output? {
        switch self {
        case .result(let output), .failure(let output): output
        case .heartbeat: nil
        }
    }
}
