internal import JSON

/// A message: one request, or a batch of them.
///
/// https://www.jsonrpc.org/specification#batch
package enum RPCMessage: Sendable {
    case single(Result<RPCRequest, RPCRequest.Invalid>)
    case batch([Result<RPCRequest, RPCRequest.Invalid>])

    /// Reads a message.
    ///
    /// - Throws: what the whole message is answered with, under the id null.
    package init(_ bytes: [UInt8], limits: RPCLimits = RPCLimits()) throws(RPCError) {
        guard bytes.count <= limits.maximumMessageBytes else {
            throw .invalidRequest("The message is longer than \(limits.maximumMessageBytes) bytes; send less at once.")
        }
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes, limits: JSONLimits(maximumDepth: limits.maximumDepth))
        } catch {
            throw .parseError(error.message)
        }
        guard document.kind(of: 0) == .array else {
            self = .single(Self.request(document, 0))
            return
        }
        let count = document.count(of: 0)
        guard count > 0 else { throw .invalidRequest("A batch must hold at least one request.") }
        guard count <= limits.maximumBatch else {
            throw .invalidRequest("The batch holds \(count) requests; the limit is \(limits.maximumBatch).")
        }
        self = .batch(document.elements(of: 0).map { Self.request(document, $0) })
    }

    private static func request(_ document: JSONDocument, _ node: Int) -> Result<RPCRequest, RPCRequest.Invalid> {
        Result { () throws(RPCRequest.Invalid) in try RPCRequest(document, at: node) }
    }
}
