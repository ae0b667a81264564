/// How long an equal request would get a response again, and what observers learn of each use.
///
/// An object, so that responses without it are small.
package final class ResponseReuse: Sendable {
    /// Until when an equal request would get the response.
    package let validity: ResponseValidity
    /// By what protocol it was asked for.
    package let interface: RequestRecord.Interface
    /// What observers learned of it; if sealed, what they learn of each use.
    package let outcome: RequestOutcome

    init(validity: ResponseValidity, interface: RequestRecord.Interface, outcome: RequestOutcome) {
        self.validity = validity
        self.interface = interface
        self.outcome = outcome
    }

    /// The same as it is stored, without what only the first response needs.
    package var sealed: ResponseReuse {
        var outcome = outcome.sealed
        outcome.isCachedResult = true
        return ResponseReuse(validity: validity, interface: interface, outcome: outcome)
    }
}
