internal import Gateway

/// How long an equal request would get a response again, and what observers learn of each use.
///
/// An object, so that responses without it are small.
final class ResponseReuse: Sendable {
    let validity: ResponseValidity
    let outcome: RequestOutcome

    /// Takes it from a result; nil if that is not to be used again.
    init?(_ result: GraphQLResponse) {
        guard let validity = result.validity else { return nil }
        self.validity = validity
        outcome = result.outcome
    }
}
