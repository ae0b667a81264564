private import Gateway

/// The target of a request: a path and perhaps a query, in origin form or in absolute form.
///
/// https://www.rfc-editor.org/rfc/rfc9112#section-3.2
struct RequestTarget: Sendable {
    let path: Substring
    /// Without the question mark; nil if there is none.
    let query: Substring?
    /// Host and port of a target in absolute form; nil if it is in another.
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

    /// The path with percent-encoded bytes decoded; nil if there are none, or if something is not encoded as it should be.
    ///
    /// https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.2
    static func decoded(_ path: Substring) -> Substring? {
        // A name with a slash is that of no file, and must not become a path to one.
        guard path.utf8.contains(UInt8(ascii: "%")), !path.lowercased().contains("%2f") else { return nil }
        return PercentEncoding.decode(path).map { $0[...] }
    }

    /// Where the authority of a target in absolute form lies: a server must take it, although only proxies get it.
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
