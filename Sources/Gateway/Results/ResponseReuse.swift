/// The conditions for sending a response again to equal requests, with the record of each use for observers.
///
/// A class, so that responses without it are small.
package final class ResponseReuse: Sendable {
    /// The validity of the response for equal requests.
    package let validity: ResponseValidity
    /// The protocol of the request.
    package let interface: RequestRecord.Interface
    /// The record of the response; if sealed, the record of each further use.
    package let outcome: RequestOutcome

    init(validity: ResponseValidity, interface: RequestRecord.Interface, outcome: RequestOutcome) {
        self.validity = validity
        self.interface = interface
        self.outcome = outcome
    }

    /// A copy to be stored, without the facts that only the first response needs.
    package var sealed: ResponseReuse {
        var outcome = outcome.sealed
        outcome.isCachedResult = true
        return ResponseReuse(validity: validity, interface: interface, outcome: outcome)
    }
}
