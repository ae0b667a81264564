/// A parsed URI or relative reference, without its fragment.
///
/// https://www.rfc-editor.org/rfc/rfc3986#section-4.1
struct URIReference: Sendable, Hashable {
    private(set) var scheme: String?
    private(set) var authority: String?
    private(set) var path: String
    private(set) var query: String?

    /// Parses a text as https://www.rfc-editor.org/rfc/rfc3986#appendix-B does.
    init(_ text: String) {
        var rest = Substring(text.utf8.prefix { $0 != UInt8(ascii: "#") })
        if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
            query = String(rest[rest.utf8.index(after: mark)...])
            rest = rest[..<mark]
        }
        if let end = rest.utf8.firstIndex(where: { ":/".utf8.contains($0) }), rest.utf8[end] == UInt8(ascii: ":"),
            Self.isScheme(rest[..<end])
        {
            scheme = String(rest[..<end])
            rest = rest[rest.utf8.index(after: end)...]
        }
        if rest.utf8.starts(with: "//".utf8) {
            let host = rest.utf8.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
            authority = String(Substring(host))
            rest = rest[host.endIndex...]
        }
        path = String(rest)
    }

    // https://www.rfc-editor.org/rfc/rfc3986#section-3.1
    private static func isScheme(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, first.isLetter else { return false }
        return text.utf8.allSatisfy { $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }
    }

    /// Resolves the reference against a base URI.
    ///
    /// https://www.rfc-editor.org/rfc/rfc3986#section-5.2.2
    func resolved(against base: URIReference) -> URIReference {
        var target = self
        if scheme != nil || authority != nil {
            target.scheme = scheme ?? base.scheme
            target.path = Self.removingDotSegments(path)
            return target
        }
        (target.scheme, target.authority) = (base.scheme, base.authority)
        if path.isEmpty {
            target.path = base.path
            target.query = query ?? base.query
        } else if path.utf8.first == UInt8(ascii: "/") {
            target.path = Self.removingDotSegments(path)
        } else {
            target.path = Self.removingDotSegments(merged(with: base))
        }
        return target
    }

    // https://www.rfc-editor.org/rfc/rfc3986#section-5.2.3
    private func merged(with base: URIReference) -> String {
        if base.authority != nil, base.path.isEmpty { return "/\(path)" }
        guard let slash = base.path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return base.path[...slash] + path
    }

    /// The path without segments `.` and `..`: https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4.
    private static func removingDotSegments(_ path: String) -> String {
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        var result: [Substring] = []
        // The first segment of an absolute path is the empty one before the slash, which no dot segment removes.
        let root = path.utf8.first == UInt8(ascii: "/") ? 1 : 0
        for (index, bytes) in segments.enumerated() {
            let segment = Substring(bytes)
            let isDotSegment = segment.utf8.elementsEqual(".".utf8) || segment.utf8.elementsEqual("..".utf8)
            if segment.utf8.elementsEqual("..".utf8), result.count > root { result.removeLast() }
            if !isDotSegment {
                result.append(segment)
            } else if index == segments.count - 1 {
                result.append("")
            }
        }
        return result.joined(separator: "/")
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20
    }

    fileprivate var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
}
