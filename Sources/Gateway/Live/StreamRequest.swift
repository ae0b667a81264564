internal import GraphQL
internal import Upstream

/// The request of a subscription or live query, and what is reported of it to observers.
struct StreamRequest: StreamRequesting {
    let pipeline: RequestPipeline
    let operation: PreparedOperation
    /// The JSON-RPC method or the resource of the operation; nil: it came as GraphQL.
    let method: String?
    /// Serializes results.
    let writer: ResultWriter

    var caller: Caller { pipeline.caller }

    var tooSlow: StreamedResult {
        let message =
            "The subscriber does not keep up with the changes; subscribe again, and read anew what has changed."
        let response = GraphQLResponse.refused(.overloaded, message, kind: .requestError)
        return writer.write(.response(response), pipeline.service, caller)
    }

    func charge(_ calls: CallReport.Counts) { _ = pipeline.service.chargeExcess(calls.made, to: pipeline.caller) }

    func note(_ result: StreamedResult) {
        let record = StreamedResultRecord(interface: interface, kind: kind, bytes: result.byteCount)
        pipeline.service.observer?.resultStreamed(record)
    }

    func end(_ sent: StreamedAmount, calls: CallReport.Counts) {
        guard pipeline.stages.isRunning else { return }
        var outcome = pipeline.completed(RequestOutcome(), of: operation)
        outcome.kind = kind
        if let method { outcome.name = method }
        outcome.errorCodes = sent.errorCodes
        outcome.calls = calls
        outcome.streamedResults = sent.results
        pipeline.notify(of: outcome, bytes: sent.bytes, to: operation, by: interface)
    }

    private var interface: RequestRecord.Interface { method == nil ? .graphQL : .rpc }

    private var kind: String { operation.kind == .subscription ? operation.kind.rawValue : "live" }
}
