internal import Upstream

/// What a stream sends at a time.
struct ResultStep: Sendable {
    /// The result; nil: there is none to send.
    var result: StreamedResult?
    /// Whether no other one follows, as the subscriber must begin anew.
    var isLast = false
    /// For which subscribers it is.
    var audience = Audience.everybody
    /// The calls that it took, beside those that are counted already.
    var calls = CallReport.Counts()
}
