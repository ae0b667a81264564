internal import JSON
internal import JSONRPC

extension ResultWriter {
    /// Writes results as members of notifications, with the same value as the result of a call.
    static let rpc = ResultWriter { value, service, caller in
        let outcome: RPCOutcome =
            switch value {
            case .executed(let executed):
                RPCOutcome(executed, service: service, reference: caller.errorReference)
                    ?? .failed(RPCError([service.limits.responseTooLarge]))
            case .response(let response):
                response.failure.isEmpty ? .result(response.body) : .failed(RPCError(response.failure))
            }
        return StreamedResult(
            body: outcome.notificationMember,
            byteCount: outcome.byteCount,
            errorCodes: outcome.errorCodes
        )
    }
}

extension RPCOutcome {
    /// The member of a notification with the outcome: `"result":…` or `"error":…`.
    var notificationMember: [UInt8] {
        var output = OutputBuffer(minimumCapacity: byteCount + 128)
        switch self {
        case .result(let value):
            output.append("\"result\":")
            output.append(contentsOf: value)
        case .failed(let error):
            output.append("\"error\":")
            error.write(into: &output)
        }
        return output.array()
    }
}
