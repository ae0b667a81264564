internal import JSONRPC

/// The supported revisions of the Model Context Protocol.
///
/// https://modelcontextprotocol.io/specification/versioning
enum MCPRevision: String, CaseIterable {
    /// Only over Streamable HTTP: its own transport, HTTP with SSE, is not supported.
    case november2024 = "2024-11-05"
    case march2025 = "2025-03-26"
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"
    /// Each request stands alone: there is no handshake.
    case july2026 = "2026-07-28"

    /// Whether each request states its revision, without a handshake.
    var isStateless: Bool { self == .july2026 }

    /// Whether a message may be a batch; later revisions have no batches.
    ///
    /// https://modelcontextprotocol.io/specification/2025-03-26/basic#batching
    var takesBatches: Bool { self == .november2024 || self == .march2025 }

    /// The HTTP status of the response to a request with an error.
    ///
    /// Revisions with a handshake do not specify it, and their clients ignore the body of statuses other than 200.
    func status(of error: RPCError) -> Int {
        guard isStateless else { return 200 }
        return switch error.code {
        case .parseError, .invalidRequest, .invalidParams: 400
        case .methodNotFound: 404
        default: 200
        }
    }

    /// The revision that is offered to a client that requests an unknown one in its handshake.
    static let latestOfHandshake = november2025

    /// The revision of a request after a handshake without the header field: revisions up to this one have none.
    ///
    /// https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#protocol-version-header
    static let assumed = march2025

    /// The names of all revisions.
    static let names = allCases.map(\.rawValue)
}
