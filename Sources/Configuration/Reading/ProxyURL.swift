/// Checks proxy URLs in settings.
package enum ProxyURL {
    private static let schemes = ["http://", "https://", "socks5://", "socks5h://"]

    /// The problem of the URL, in words that follow its name and never show a password; nil: there is none.
    package static func problem(with url: String) -> String? {
        guard let scheme = schemes.first(where: { url.lowercased().hasPrefix($0) }) else {
            return "must begin with http://, https://, socks5:// or socks5h://"
        }
        var authority = url.dropFirst(scheme.count)
        guard !authority.contains("@") else { return "must not have a user name or password" }
        if authority.last == "/" { authority.removeLast() }
        let isPlain = url.unicodeScalars.allSatisfy { (0x21...0x7E).contains($0.value) && $0 != "\\" }
        guard isPlain, !authority.contains(where: { "/?#".contains($0) }), BaseURL.isHost(authority) else {
            return "must have a host, a port if it is not 1080, and nothing else"
        }
        return nil
    }
}
