/// Reads the verification of JSON Web Tokens.
enum TokenIssuerSection {
    /// The default seconds by which clocks may differ.
    static let defaultLeeway = 30

    /// Reads the issuer; nil: there is none.
    static func read(_ file: SectionReader, _ rules: ConfigurationRules) -> ConfigurationFile.TokenIssuer? {
        guard let node = file["jwt"],
            let entry = SectionReader(node, title: "jwt", .tokenIssuer, file.problems)
        else { return nil }
        let (issuer, audiences) = (entry.text("issuer"), entry.texts("audience") ?? [])
        if entry["issuer"] == nil { entry.add("an issuer needs \"issuer\".") }
        // Without an audience, tokens that the issuer made for other services would be accepted.
        if audiences.isEmpty { entry.add("an issuer needs \"audience\".") }
        let leeway = entry.integer("leeway", in: 0...300) ?? defaultLeeway
        let scopes = entry.texts("scopes") ?? []
        if !scopes.allSatisfy(isScope) {
            entry.add(
                "scopes",
                "must have scopes, which are visible ASCII characters without quotation marks and backslashes"
            )
        }
        guard let issuer, let keys = keys(entry, rules) else { return nil }
        return ConfigurationFile.TokenIssuer(
            issuer: issuer,
            audiences: audiences,
            keys: keys,
            leeway: leeway,
            scopes: scopes,
            keysLocation: entry.location(of: entry["keysFile"] == nil ? "keysURL" : "keysFile")
        )
    }

    /// Whether a text is a valid scope: https://www.rfc-editor.org/rfc/rfc6749#section-3.3.
    private static func isScope(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }

    private static func keys(_ entry: SectionReader, _ rules: ConfigurationRules) -> ConfigurationFile.KeySource? {
        guard (entry["keysURL"] == nil) != (entry["keysFile"] == nil) else {
            entry.add("an issuer needs one of \"keysURL\" and \"keysFile\".")
            return nil
        }
        if let url = entry.text("keysURL") {
            if let problem = problem(withKeysURL: url) { entry.add("keysURL", problem) }
            return .url(url)
        }
        return entry.text("keysFile").map { .file(rules.path($0)) }
    }

    /// The problem of the keys' URL; nil: there is none.
    private static func problem(withKeysURL url: String) -> String? {
        // An attacker who can change the keys in transit can make tokens.
        let isLocal = ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { start in
            url.hasPrefix(start) && (url.dropFirst(start.count).first.map { ":/".contains($0) } ?? true)
        }
        guard url.hasPrefix("https://") || isLocal else { return "must begin with https://" }
        guard BaseURL.problem(with: String(url.prefix { $0 != "?" })) == nil else { return "is no URL of keys" }
        return nil
    }
}
