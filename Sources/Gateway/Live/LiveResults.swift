internal import GraphQL
internal import JSON
internal import Upstream

/// The results of a query with `@live`: the first, and another one whenever what it was made from has changed.
struct LiveResults: ResultSource {
    let service: GatewayService
    let caller: Caller
    let operation: PreparedOperation
    let writer: ResultWriter
    private var sent: SentResult?

    init(service: GatewayService, caller: Caller, operation: PreparedOperation, writer: ResultWriter) {
        (self.service, self.caller) = (service, caller)
        (self.operation, self.writer) = (operation, writer)
    }

    /// What its client has not taken yet is not followed by more: what changes meanwhile is one more result.
    var isPaced: Bool { true }

    mutating func begin() async -> [ResultStep] {
        let first = await response()
        guard first.kind == .executed else { return [step(first, isLast: true)] }
        let sent = SentResult(first, asPatches: operation.live == .patches)
        self.sent = sent
        return [step(sent.response)]
    }

    /// Most changes concern something else: the result is the same, and took no call.
    mutating func steps(after change: Change, number: UInt64, for caller: Caller) async -> [ResultStep] {
        let next = await response()
        guard var sent, sent.replace(with: next) else { return [] }
        self.sent = sent
        return [step(sent.response)]
    }

    private func step(_ response: GraphQLResponse, isLast: Bool = false) -> ResultStep {
        ResultStep(result: writer.write(.response(response), service, caller), isLast: isLast)
    }

    /// Each execution is a request of its own, which is counted by itself.
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
