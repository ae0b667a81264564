private import Gateway

/// The target of a request: a path and optionally a query, in origin form or in absolute form.
///
/// https://www.rfc-editor.org/rfc/rfc9112#section-3.2
struct RequestTarget: Sendable {
    let path: Substring
    /// The query without the question mark; nil: there is none.
    let query: Substring?
    /// The host and port of a target in absolute form; nil: it is in origin form.
    let authority: Substring?

    init(_ target: String) {
        var rest = target[...]
        // PERF: nearly every target is in origin form.
        if rest.utf8.first != UInt8(ascii: "/"), let range = Self.authority(of: target) {
            authority = target[range]
            rest = target[range.upperBound...]
        } else {
            authority = nil
        }
        guard let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) else {
            (path, query) = (rest.isEmpty ? "/" : rest, nil)
            return
        }
        path = mark == rest.startIndex ? "/" : rest[..<mark]
        query = rest[rest.utf8.index(after: mark)...]
    }

    /// The path with percent-encoded bytes decoded; nil if there are none, or if the encoding is invalid.
    ///
    /// https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.2
    static func decoded(_ path: Substring) -> Substring? {
        // An encoded slash is part of a name, and must not become a separator.
        guard path.utf8.contains(UInt8(ascii: "%")), !path.lowercased().contains("%2f") else { return nil }
        return PercentEncoding.decode(path).map { $0[...] }
    }

    /// The range of the authority of a target in absolute form, which a server must accept, although only proxies get it.
    private static func authority(of target: String) -> Range<String.Index>? {
        for scheme in ["http://", "https://"] where target.utf8.count >= scheme.utf8.count {
            let start = target.utf8.index(target.startIndex, offsetBy: scheme.utf8.count)
            guard target[..<start].lowercased() == scheme else { continue }
            let end = target[start...].utf8.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
            return start..<(end ?? target.endIndex)
        }
        return nil
    }
}
