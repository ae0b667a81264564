private import Upstream

extension RequestPipeline {
    /// Notifies the observer of a response to a GraphQL request.
    ///
    /// - Parameters:
    ///   - response: the response.
    ///   - operation: what was executed; nil: it was refused before that was known.
    func notify(of response: GraphQLResponse, to operation: PreparedOperation?) {
        guard let startedAt else { return }
        service.observer?.requestCompleted(
            RequestRecord(
                id: caller.requestID,
                interface: .graphQL,
                outcome: response.outcome.of(operation),
                startedAt: startedAt,
                duration: service.broker.now() - startedAt,
                responseBytes: response.body.count
            )
        )
    }
}

extension RequestOutcome {
    /// The outcome with the name and kind of its operation.
    func of(_ operation: PreparedOperation?) -> RequestOutcome {
        var outcome = self
        outcome.name = operation?.name
        outcome.kind = operation?.kind.rawValue
        return outcome
    }
}
