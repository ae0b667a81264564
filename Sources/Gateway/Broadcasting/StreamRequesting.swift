internal import Upstream

/// What a subscriber has asked for, and what observers learn of it.
protocol StreamRequesting: Sendable {
    /// Who asks.
    var caller: Caller { get }

    /// Why the subscriber must begin anew that has missed something.
    var tooSlow: StreamedResult { get }

    /// Counts the calls that a result took with those of the caller's minute.
    func charge(_ calls: CallReport.Counts)

    /// Notifies the observer of a result that is about to be sent.
    func note(_ result: StreamedResult)

    /// Notifies the observer of the end.
    func end(_ sent: StreamedAmount, calls: CallReport.Counts)
}
