internal import Upstream

/// What a stream sends at a time, before the protocol of its subscriber has written it.
struct ResultStep: Sendable {
    /// A result.
    enum Value: Sendable {
        /// Of an execution.
        case executed(ExecutedOperation)
        /// A response that is written already, as it is compared with the one before or has no data.
        case response(GraphQLResponse)
    }

    /// The result; nil: there is none to send.
    var value: Value?
    /// Whether no other one follows, as the subscriber must begin anew.
    var isLast = false
    /// The calls that it took, beside those that are counted already.
    var calls = CallReport.Counts()

    /// Nothing is sent.
    static let nothing = ResultStep()
}
