internal import GraphQL
private import JSON
internal import JSONRPC
private import Upstream

extension RPCService {
    /// Notifies the observer of a call's outcome, and completes the outcome if it is an internal error.
    ///
    /// - Parameters:
    ///   - outcome: the outcome.
    ///   - entry: what was called.
    ///   - call: the same, as it was prepared.
    ///   - pipeline: where it was executed.
    /// - Returns: the outcome as the caller sees it.
    func complete(
        _ outcome: RPCOutcome,
        of entry: RPCEntry,
        _ call: PreparedCall,
        in pipeline: RequestPipeline
    ) -> RPCOutcome {
        let outcome = outcome.stating(pipeline.caller.errorReference)
        guard pipeline.stages.isRunning else { return outcome }
        let noted = record(outcome, of: entry, call, in: pipeline)
        pipeline.notify(of: noted, bytes: outcome.byteCount, to: call.operation, by: .rpc)
        return outcome
    }

    /// What observers learn of a call's outcome.
    func record(
        _ outcome: RPCOutcome,
        of entry: RPCEntry,
        _ call: PreparedCall,
        in pipeline: RequestPipeline
    ) -> RequestOutcome {
        var noted = pipeline.completed(RequestOutcome(), of: call.operation)
        noted.name = entry.method
        noted.calls = pipeline.report
        noted.errorCodes = outcome.errorCodes
        return noted
    }
}

extension RPCEntry {
    /// The name of the method that is called; nil: it is no call.
    fileprivate var method: String? {
        switch self {
        case .call(let call): call.method
        case .invalid: nil
        }
    }
}

extension RPCOutcome {
    /// The outcome with a reference to where more is found of an internal error.
    fileprivate func stating(_ reference: ErrorReference?) -> RPCOutcome {
        guard let reference, case .failed(let error) = self, let data = reference.added(to: error.data) else {
            return self
        }
        // Errors of fields state it already.
        guard error.data != data else { return self }
        var stated = error
        stated.message = reference.message(error.message)
        stated.data = data
        return .failed(stated)
    }

    /// The code of its error, if it failed.
    package var errorCodes: [String] {
        guard case .failed(let error) = self, case .string(let code)? = error.data["code"] else { return [] }
        return [code]
    }

    /// The bytes of its result.
    package var byteCount: Int {
        if case .result(let bytes) = self { bytes.count } else { 0 }
    }
}
