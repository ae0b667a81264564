internal import GraphQL
internal import JSON
internal import Upstream

/// The results of a query with `@live`: the first, and another one whenever what it was made from has changed.
struct LiveResults: ResultSource {
    let service: GatewayService
    let caller: Caller
    let operation: PreparedOperation

    func run(
        _ changes: ChangeSubscription,
        _ send: @Sendable (ResultStream.Item) async throws -> Void
    ) async throws -> ResultStream.End? {
        let first = await response()
        guard first.kind == .executed else {
            try await send(.result(first))
            return .dropped
        }
        var sent = SentResult(first, asPatches: operation.live == .patches)
        try await send(.result(sent.response))
        for await signal in changes.signals {
            // Whatever changes from here on, while the query is executed too, is another signal.
            changes.acknowledge(signal)
            guard case .change = signal else {
                try await send(.heartbeat)
                continue
            }
            // Most changes concern something else: the result is the same, and took no call.
            if sent.replace(with: await response()) { try await send(.result(sent.response)) }
        }
        return nil
    }

    private func response() async -> GraphQLResponse {
        await PreparedRequest(RequestPipeline(service: service, caller: caller), .success(operation)).reply().value()
    }
}

extension Plan {
    /// The types of objects that a result is made from.
    func entityTypes(_ bindings: BindingTable) -> Set<TypeID> {
        var types: Set<TypeID> = []
        for selection in selections {
            let possible = selection.isConcrete ? [selection.type] : executable.schema.possibleTypes(of: selection.type)
            types.formUnion(possible.filter { bindings.entity(of: $0) != nil })
        }
        return types
    }
}
