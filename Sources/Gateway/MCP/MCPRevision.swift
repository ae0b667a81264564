/// The revisions of the Model Context Protocol that are spoken.
///
/// https://modelcontextprotocol.io/specification/versioning
enum MCPRevision: String, CaseIterable {
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"
    /// Requests stand alone: no handshake comes before them.
    case july2026 = "2026-07-28"

    /// Whether each request tells its revision, so that none is agreed on first.
    var isStateless: Bool { self == .july2026 }

    /// What is offered to a client whose own wish cannot be met.
    static let latestOfHandshake = november2025

    /// The names of all revisions.
    static let names = allCases.map(\.rawValue)
}
