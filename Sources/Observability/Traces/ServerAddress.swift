/// The host and port of a URL.
struct ServerAddress: Sendable, Hashable {
    let host: String
    let port: Int

    /// Parses a URL; nil if it has no host.
    init?(ofURL url: String) {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" }
        let afterUser = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        let defaultPort = url.hasPrefix("https:") ? 443 : 80
        if let colon = afterUser.lastIndex(of: ":"), let port = Int(afterUser[afterUser.index(after: colon)...]) {
            host = String(afterUser[..<colon])
            self.port = port
        } else {
            host = String(afterUser)
            port = defaultPort
        }
        guard !host.isEmpty else { return nil }
    }
}
