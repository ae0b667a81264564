internal import Upstream

/// One result of a stream, with its audience and its calls.
struct ResultStep: Sendable {
    /// The result; nil: there is nothing to send.
    var result: StreamedResult?
    /// Whether it is the last result, as the subscriber has to subscribe again.
    var isLast = false
    /// The subscribers that it is for.
    var audience = Audience.everybody
    /// The calls that it took, apart from those that are counted already.
    var calls = CallReport.Counts()
}
