internal import GraphQL
internal import Upstream

/// The request that a stream of results responds to, and what observers learn of it.
struct StreamRequest: Sendable {
    let pipeline: RequestPipeline
    let operation: PreparedOperation
    /// The JSON-RPC method or the resource that the operation stands for; nil: it came as GraphQL.
    let method: String?

    /// A result, to be written for the caller.
    func result(_ value: ResultStep.Value) -> StreamedResult {
        StreamedResult(value: value, service: pipeline.service, caller: pipeline.caller)
    }

    /// What a stream has sent.
    struct Sent: Sendable {
        var results = 0
        var bytes = 0
        var errorCodes: [String] = []
        var calls = CallReport.Counts()
    }

    /// Counts the calls that a result took with those of its client's minute.
    func charge(_ calls: CallReport.Counts, to sent: inout Sent) {
        sent.calls.add(calls)
        _ = pipeline.service.chargeExcess(calls.made, to: pipeline.caller)
    }

    /// Notifies the observer of a result that is about to be sent.
    func note(_ result: some StreamOutput, in sent: inout Sent) {
        let bytes = result.byteCount
        sent.results += 1
        sent.bytes += bytes
        for code in result.errorCodes where !sent.errorCodes.contains(code) { sent.errorCodes.append(code) }
        pipeline.service.observer?.resultStreamed(StreamedResultRecord(interface: interface, kind: kind, bytes: bytes))
    }

    /// Notifies the observer of the end.
    func end(_ sent: Sent) {
        guard pipeline.startedAt != nil else { return }
        var outcome = pipeline.completed(RequestOutcome(), of: operation)
        outcome.kind = kind
        if let method { outcome.name = method }
        outcome.errorCodes = sent.errorCodes
        outcome.calls = sent.calls
        outcome.streamedResults = sent.results
        pipeline.notify(of: outcome, bytes: sent.bytes, to: operation, by: interface)
    }

    private var interface: RequestRecord.Interface { method == nil ? .graphQL : .rpc }

    private var kind: String { operation.kind == .subscription ? operation.kind.rawValue : "live" }
}

extension CallReport.Counts {
    /// Adds the calls of another one.
    fileprivate mutating func add(_ other: CallReport.Counts) {
        made += other.made
        cached += other.cached
        shared += other.shared
        waited += other.waited
    }
}
