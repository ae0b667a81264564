internal import JSON

/// A client's message: one call, or a batch.
///
/// https://www.jsonrpc.org/specification#batch
package struct RPCMessage: Sendable {
    /// The calls of the message, and its invalid entries, in order.
    package let entries: [RPCEntry]
    /// Whether the message is a batch, whose response is an array.
    package let isBatch: Bool

    /// Parses a message.
    ///
    /// - Throws: the error for a text that is not JSON, for an empty batch and for one that is too large.
    package init(parsing bytes: [UInt8], limits: RPCLimits = RPCLimits()) throws(RPCError) {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes, limits: limits.json)
        } catch {
            throw Self.refusal(of: error, limits: limits)
        }
        guard document.kind(of: 0) == .array else {
            isBatch = false
            entries = [Self.entry(document, 0, of: bytes)]
            return
        }
        let count = document.count(of: 0)
        guard count > 0 else { throw .invalidRequest("A batch needs at least one call.") }
        guard count <= limits.maximumBatch else {
            throw .invalidRequest(
                "A batch may have \(limits.maximumBatch) calls at most, and this one has \(count); send several batches."
            )
        }
        isBatch = true
        entries = document.elements(of: 0).map { Self.entry(document, $0, of: bytes) }
    }

    private static func refusal(of error: JSONError, limits: RPCLimits) -> RPCError {
        switch error.code {
        case .tooDeep:
            .invalidRequest("A message may be nested \(limits.maximumDepth) levels deep at most.")
        case .tooLarge:
            .invalidRequest("A message may have \(limits.maximumMessageBytes) bytes at most.")
        case .unexpectedEnd, .unexpectedByte, .trailingBytes, .invalidNumber, .invalidEscape,
            .controlCharacter, .invalidUTF8, .duplicateKey:
            .parseError("The message is not JSON. \(error.message)")
        }
    }

    // MARK: - One call

    /// The members that the specification defines; others are ignored.
    private struct Envelope {
        var version: Int?
        var method: Int?
        var params: Int?
        var id: Int?
        var repeated: String?
        /// Whether it is a response, whose id is that of a call by the gateway.
        var isResponse = false
    }

    private static func entry(_ document: JSONDocument, _ node: Int, of bytes: [UInt8]) -> RPCEntry {
        guard document.kind(of: node) == .object else {
            let detail = "A call is an object with \"jsonrpc\", \"method\" and, if need be, \"params\" and \"id\"."
            return .invalid(.invalidRequest(detail), id: .null)
        }
        let envelope = envelope(document, node)
        if let name = envelope.repeated {
            let id = name == "id" ? nil : self.id(document, envelope.id, of: bytes)
            return .invalid(.invalidRequest("The call has the member \"\(name)\" twice."), id: id ?? .null)
        }
        let id = self.id(document, envelope.id, of: bytes)
        if envelope.id != nil, id == nil {
            return .invalid(.invalidRequest("The member \"id\" must be a string, a number or null."), id: .null)
        }
        guard let version = envelope.version, document.stringValue(of: version) == "2.0" else {
            return .invalid(.invalidRequest("The member \"jsonrpc\" must be the string \"2.0\"."), id: id ?? .null)
        }
        guard let method = envelope.method.flatMap({ document.stringValue(of: $0) }) else {
            let id = envelope.isResponse && envelope.method == nil ? nil : id
            return .invalid(.invalidRequest("The member \"method\" must be a string."), id: id ?? .null)
        }
        guard let params = params(document, envelope.params) else {
            return .invalid(.invalidRequest("The member \"params\" must be an object or an array."), id: id ?? .null)
        }
        return .call(RPCCall(method: method, params: params, id: id))
    }

    private static func envelope(_ document: JSONDocument, _ node: Int) -> Envelope {
        var envelope = Envelope()
        func take(_ member: inout Int?, _ value: Int, _ name: String, _ repeated: inout String?) {
            if member != nil { repeated = name }
            member = value
        }
        for (member, value) in document.members(of: node) {
            switch document.name(of: member) {
            case "jsonrpc"?: take(&envelope.version, value, "jsonrpc", &envelope.repeated)
            case "method"?: take(&envelope.method, value, "method", &envelope.repeated)
            case "params"?: take(&envelope.params, value, "params", &envelope.repeated)
            case "id"?: take(&envelope.id, value, "id", &envelope.repeated)
            case "result"?, "error"?: envelope.isResponse = true
            default: break
            }
        }
        return envelope
    }

    /// The id's text; nil if there is none or its type is not valid for ids.
    ///
    /// The text is read from the message's bytes, because the document replaces lone surrogates, and the client expects its own id.
    private static func id(_ document: JSONDocument, _ node: Int?, of bytes: [UInt8]) -> RPCID? {
        guard let node else { return nil }
        switch document.kind(of: node) {
        case .string, .integer, .number, .null:
            let range = document.rawBytes(of: node).indices
            return RPCID(text: Array(bytes[range]))
        case .true, .false, .array, .object, .link, .reference: return nil
        }
    }

    private static func params(_ document: JSONDocument, _ node: Int?) -> RPCParams? {
        guard let node else { return RPCParams.none }
        switch document.value(at: node) {
        case .object(let members): return .byName(members)
        case .array(let items): return .byPosition(items)
        case .null, .bool, .number, .string: return nil
        }
    }
}
