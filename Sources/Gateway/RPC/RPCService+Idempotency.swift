internal import JSON
internal import JSONRPC

extension RPCService {
    /// The writes of a message with idempotency keys, by the indices of their calls.
    ///
    /// A call with an invalid key fails.
    func idempotentCalls(
        of message: RPCMessage,
        _ calls: inout [PreparedCall],
        in pipeline: RequestPipeline
    ) -> [Int: IdempotentRequest] {
        var named: [Int: IdempotentRequest] = [:]
        for (position, entry) in message.entries.enumerated() where calls[position].writes {
            guard case .call(let call) = entry else { continue }
            do {
                named[position] = try pipeline.idempotentRequest(
                    stated: call.statedKey,
                    position: message.isBatch ? position : nil,
                    content: call.idempotentContent
                )
            } catch {
                calls[position] = .finished(.failed(.invalidParams(error.message)))
            }
        }
        return named
    }

    /// The write of a tool call with its idempotency key; nil: it is no write, or it has no key.
    ///
    /// A call with an invalid key fails.
    func idempotentCall(
        _ call: RPCCall,
        _ prepared: inout PreparedCall,
        in pipeline: RequestPipeline
    ) -> IdempotentRequest? {
        guard prepared.writes else { return nil }
        do {
            return try pipeline.idempotentRequest(
                stated: call.statedKey,
                position: nil,
                content: ["tool": .string(call.method), "arguments": call.idempotentContent]
            )
        } catch {
            prepared = .finished(.failed(.invalidParams(error.message)))
            return nil
        }
    }
}

extension RPCCall {
    /// The key in the extensions of an operation that the client has sent; nil: there is none.
    fileprivate var statedKey: JSONValue? {
        guard method == RPCService.OwnMethod.execute else { return nil }
        let extensions: JSONValue? =
            switch params {
            case .byName(let members): members["extensions"]
            case .byPosition(let values): values.count > 3 ? values[3] : nil
            }
        return extensions?[GraphQLRequest.idempotencyKeyMember]
    }

    /// The method and the parameters of the call, without its id.
    fileprivate var idempotentContent: JSONValue {
        let values: JSONValue =
            switch params {
            case .byName(let members): .object(members)
            case .byPosition(let values): .array(values)
            }
        return ["method": .string(method), "params": values]
    }
}
