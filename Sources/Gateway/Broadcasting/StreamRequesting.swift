internal import Upstream

/// The request of a subscriber, and what is reported of it to observers.
protocol StreamRequesting: Sendable {
    /// The caller of the request.
    var caller: Caller { get }

    /// The error for a subscriber that has missed results and has to subscribe again.
    var tooSlow: StreamedResult { get }

    /// Counts the calls of a result against the caller's minute.
    func charge(_ calls: CallReport.Counts)

    /// Notifies the observer of a result that is about to be sent.
    func note(_ result: StreamedResult)

    /// Notifies the observer of the end.
    func end(_ sent: StreamedAmount, calls: CallReport.Counts)
}
