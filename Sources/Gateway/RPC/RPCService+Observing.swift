internal import GraphQL
private import JSON
internal import JSONRPC
private import Upstream

extension RPCService {
    /// Notifies the observer of a call's outcome, and adds the request id to an internal error.
    ///
    /// - Parameters:
    ///   - outcome: the outcome.
    ///   - entry: the call.
    ///   - call: the same call, as it was prepared.
    ///   - pipeline: the pipeline that executed it.
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

    /// The outcome of a call, as it is recorded for the observer.
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
    /// The name of the called method; nil: it is no call.
    fileprivate var method: String? {
        switch self {
        case .call(let call): call.method
        case .invalid: nil
        }
    }
}

extension RPCOutcome {
    /// The outcome with the request id, if it is an internal error.
    fileprivate func stating(_ reference: ErrorReference?) -> RPCOutcome {
        guard let reference, case .failed(let error) = self, let data = reference.added(to: error.data) else {
            return self
        }
        // Errors of fields have it already.
        guard error.data != data else { return self }
        var stated = error
        stated.message = reference.message(error.message)
        stated.data = data
        return .failed(stated)
    }

    /// The code of its error as a list; empty if it succeeded.
    package var errorCodes: [String] {
        guard case .failed(let error) = self, case .string(let code)? = error.data["code"] else { return [] }
        return [code]
    }

    /// The length of its result, or of the partial result of its error, in bytes; 0 if it has neither.
    package var byteCount: Int {
        switch self {
        case .result(let bytes): bytes.count
        case .failed(let error): error.partialResult?.count ?? 0
        }
    }
}
