/// An item that is sent to a subscriber.
package enum StreamItem: Sendable {
    /// A result.
    case result(StreamedResult)
    /// The last result, an error: the subscriber has to subscribe again.
    case failure(StreamedResult)
    /// A keep-alive message, as nothing has been sent for a time.
    case heartbeat

    /// The result to send; nil: it is a keep-alive message.
    package var result: StreamedResult? {
        switch self {
        case .result(let result), .failure(let result): result
        case .heartbeat: nil
        }
    }
}
