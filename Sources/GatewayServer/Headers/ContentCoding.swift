/// The content codings of bodies.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-8.4
enum ContentCoding: Sendable {
    case identity
    case gzip

    /// Parses `Content-Encoding`; nil if it has an unsupported coding, or several.
    init?(contentEncoding: String?) {
        switch contentEncoding?.lowercased() {
        case nil, "", "identity": self = .identity
        case "gzip", "x-gzip": self = .gzip
        case .some: return nil
        }
    }

    /// Whether a client accepts gzip, by its header field `Accept-Encoding`.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3
    static func acceptsGzip(_ acceptEncoding: String?) -> Bool {
        guard let acceptEncoding else { return false }
        var anyWeight = 0
        for element in HeaderList.split(acceptEncoding[...], on: ",") {
            let parts = HeaderList.split(element, on: ";")
            guard let name = parts.first?.lowercased() else { continue }
            let weight = parts.dropFirst().first.map(weight) ?? Weight.most
            switch name {
            case "gzip", "x-gzip": return weight > 0
            case "*": anyWeight = weight
            default: continue
            }
        }
        return anyWeight > 0
    }

    private static func weight(_ parameter: Substring) -> Int {
        guard parameter.lowercased().hasPrefix("q=") else { return 0 }
        return Weight.read(String(parameter.dropFirst(2))) ?? 0
    }
}
