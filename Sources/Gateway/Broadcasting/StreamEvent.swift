/// An event of a stream, as its receivers get it.
package enum StreamEvent: Sendable {
    /// A result.
    case result(StreamedResult)
    /// The last result, an error: the subscriber has to subscribe again.
    case failure(StreamedResult)
    /// The end of the stream.
    case end(ResultStream.End)

    /// The result to send; nil: there is none.
    var result: StreamedResult? {
        switch self {
        case .result(let result), .failure(let result): result
        case .end: nil
        }
    }
}
