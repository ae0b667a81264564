internal import JSONRPC

extension RPCMessage {
    /// The response to a message whose calls are all refused for one reason; nil: there are no ids to respond to.
    func refusal(_ reason: RPCError) -> [UInt8]? {
        let errors = entries.compactMap { entry -> [UInt8]? in
            switch entry {
            case .invalid(let error, let id): error.response(id: id)
            case .call(let call): call.id.map { reason.response(id: $0) }
            }
        }
        guard isBatch, !errors.isEmpty else { return errors.first }
        return [UInt8(ascii: "[")] + errors.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
    }
}
