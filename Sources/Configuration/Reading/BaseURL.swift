/// Checks URLs in settings, so that no part is lost or shown by mistake.
package enum BaseURL {
    /// The problem of a base URL, in words that show no password and no query; nil: there is none.
    package static func problem(with url: String) -> String? {
        let shown = URLRedaction.redact(url)
        guard let end = schemeEnd(of: url) else { return "The base URL \(shown) must begin with http:// or https://." }
        let rest = url[end...]
        let authority = rest.prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else {
            return "A base URL cannot have a user name or password; give the key by \"keyFile\" or \"keyEnvironment\"."
        }
        guard url.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) && $0 != "\\" }) else {
            return "The base URL must have no spaces, control characters or letters beyond ASCII."
        }
        guard !url.contains("?"), !url.contains("#") else {
            return "The base URL \(shown) cannot have a query (?) or a fragment (#): paths are appended to it."
        }
        guard isHost(authority) else { return "The base URL \(shown) has no valid host and port." }
        return nil
    }

    private static func schemeEnd(of url: String) -> String.Index? {
        for scheme in ["http://", "https://"] where url.lowercased().hasPrefix(scheme) {
            return url.index(url.startIndex, offsetBy: scheme.count)
        }
        return nil
    }

    /// Whether a text is a host, with an optional port.
    static func isHost(_ authority: Substring) -> Bool {
        var host = authority
        if let bracket = authority.lastIndex(of: "]") {
            guard authority.first == "[" else { return false }
            host = authority[...bracket]
        } else if let colon = authority.lastIndex(of: ":") {
            host = authority[..<colon]
            guard !host.contains(":") else { return false }
        }
        let port = authority[host.endIndex...]
        guard port.isEmpty || port.dropFirst().isEmpty || Int(port.dropFirst()).map({ 1...65535 ~= $0 }) == true else {
            return false
        }
        return !host.isEmpty
    }
}
