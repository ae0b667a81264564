/// Finds the credential in a request's `Authorization` header.
struct CredentialDirectory: Sendable {
    private static let prefixes = ["wsk_live_", "wks_live_", "sk_live_"]
    private static let maximumHeaders = 4096

    private let workspaces: [String: Int]
    private var known: [String: Credential] = [:]

    /// Knows the keys of these workspaces.
    init(slugs: [String]) {
        workspaces = Dictionary(uniqueKeysWithValues: slugs.enumerated().map { ($1, $0) })
    }

    /// The credential that a header carries; nil if it is missing, of another scheme, or for no workspace.
    mutating func credential(in authorization: String?) -> Credential? {
        guard let authorization else { return nil }
        if let credential = known[authorization] { return credential }
        let words = authorization.split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer", let found = parse(words[1]) else { return nil }
        if known.count >= Self.maximumHeaders { known.removeAll() }
        known[authorization] = found
        return found
    }

    private func parse(_ key: Substring) -> Credential? {
        guard let prefix = Self.prefixes.first(where: { key.hasPrefix($0) }) else { return nil }
        let parts = key.dropFirst(prefix.count).split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
        guard let slug = parts.first, let workspace = workspaces[String(slug)] else { return nil }
        let viewer = parts.count > 1 ? Viewer.member(String(parts[1])) : .owner
        return Credential(key: String(key), workspace: workspace, viewer: viewer)
    }
}
