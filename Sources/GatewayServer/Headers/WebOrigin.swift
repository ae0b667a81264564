/// The origin of a page, as browsers state it in `Origin`.
///
/// https://www.rfc-editor.org/rfc/rfc6454#section-6.2
struct WebOrigin: Hashable, Sendable {
    /// The scheme of an origin.
    enum Scheme: String, Sendable {
        case http
        case https

        /// The default port.
        fileprivate var port: Int { self == .http ? 80 : 443 }
    }

    let scheme: Scheme
    /// The name or address, as in a `HostField`.
    let host: String
    let port: Int

    /// Makes an origin of a request's host; nil if the host is empty.
    init?(_ scheme: Scheme, _ field: HostField) {
        guard !field.name.isEmpty else { return nil }
        self.scheme = scheme
        host = field.name
        port = field.port.flatMap { Int($0) } ?? scheme.port
    }

    /// Parses an origin; nil if the text is not valid, or has another scheme.
    init?(_ text: some StringProtocol) {
        let text = String(text)
        guard let mark = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: text[..<mark.lowerBound].lowercased()),
            let field = HostField(text[mark.upperBound...])
        else { return nil }
        self.init(scheme, field)
    }

    /// The origin of a URL; nil if it has none.
    init?(ofURL url: String) {
        guard let mark = url.firstRange(of: "://") else { return nil }
        let end = url[mark.upperBound...].firstIndex(of: "/") ?? url.endIndex
        self.init(url[..<end])
    }
}
