internal import JSONRPC

/// The revisions of the Model Context Protocol that are spoken.
///
/// https://modelcontextprotocol.io/specification/versioning
enum MCPRevision: String, CaseIterable {
    /// Over Streamable HTTP alone: the transport of its own time is not offered.
    case november2024 = "2024-11-05"
    case march2025 = "2025-03-26"
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"
    /// Requests stand alone: no handshake comes before them.
    case july2026 = "2026-07-28"

    /// Whether each request states its revision, so that none is agreed on first.
    var isStateless: Bool { self == .july2026 }

    /// Whether a message may be a batch: later revisions have none.
    ///
    /// https://modelcontextprotocol.io/specification/2025-03-26/basic#batching
    var takesBatches: Bool { self == .november2024 || self == .march2025 }

    /// The HTTP status of the response to a request that a method refuses or fails.
    ///
    /// Revisions with a handshake say nothing of it, and their clients throw away the body of anything but 200.
    func status(of error: RPCError) -> Int {
        guard isStateless else { return 200 }
        return switch error.code {
        case .parseError, .invalidRequest, .invalidParams: 400
        case .methodNotFound: 404
        default: 200
        }
    }

    /// The revision for a client that requests an unknown one.
    static let latestOfHandshake = november2025

    /// The revision of a request after a handshake that has no header field for it: earlier revisions have none.
    ///
    /// https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#protocol-version-header
    static let assumed = march2025

    /// The names of all revisions.
    static let names = allCases.map(\.rawValue)
}
