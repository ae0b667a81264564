internal import JSON
internal import JSONRPC

extension MCPService {
    /// Handles the messages of a batch in their order, and responds with one array.
    ///
    /// https://modelcontextprotocol.io/specification/2025-03-26/basic/transports#sending-messages-to-the-server
    func respond(toBatch entries: [RPCEntry], headers: MCPHeaders, caller: Caller) -> Reply<MCPResponse> {
        if let version = headers.protocolVersion {
            guard let revision = MCPRevision(rawValue: version) else {
                return .now(.error(MCPEnvelope.unsupported(version), status: 400))
            }
            guard revision.takesBatches else {
                let message = "Revision \(version) has no batches: send one message at a time."
                return .now(.error(Self.invalidRequest(message), status: 400))
            }
        }
        if isOfEndedSession(headers, caller) { return .now(Self.unknownSession()) }
        return .later {
            // One after another, so that messages after a write see its effect.
            var responses: [MCPResponse] = []
            var bytesLeft = maximumResponseBytes
            for (position, entry) in entries.enumerated() {
                var caller = caller
                // The header field is shared by all messages, so that their positions distinguish them.
                caller.idempotency?.position = position
                let response = await respond(toPart: entry, headers: headers, caller: caller).value()
                let count = response.body?.count ?? 0
                if count <= bytesLeft {
                    bytesLeft -= count
                    responses.append(response)
                } else if case .call(let call) = entry, let id = call.id {
                    responses.append(.error(.tooLarge(maximumResponseBytes), status: 200, id: id))
                }
            }
            return .batch(responses, hasRequests: entries.contains(where: \.isRequest))
        }
    }

    private func respond(toPart entry: RPCEntry, headers: MCPHeaders, caller: Caller) -> Reply<MCPResponse> {
        if case .call(let call) = entry, call.method == "initialize", let id = call.id {
            let error = Self.invalidRequest("The request \"initialize\" must not be part of a batch.")
            return .now(.error(error, status: 400, id: id))
        }
        return respond(to: entry, headers: headers, caller: caller)
    }
}

extension RPCEntry {
    /// Whether it has an id, so that its sender expects a response.
    fileprivate var isRequest: Bool {
        switch self {
        case .call(let call): call.id != nil
        case .invalid(_, let id): id != .null
        }
    }
}
