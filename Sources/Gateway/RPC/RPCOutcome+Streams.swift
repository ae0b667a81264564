internal import JSONRPC

extension RPCOutcome: StreamOutput {
    /// The outcome of a result of a stream: what the call of a method would have.
    init(_ result: StreamedResult) {
        switch result.value {
        case .executed(let executed):
            self.init(executed, service: result.service, reference: result.caller.errorReference)
        case .response(let response):
            self = response.failure.isEmpty ? .result(response.body) : .failed(RPCError(response.failure))
        }
    }
}
