internal import JSON

/// A URI template of resources: literal text, variables for path segments, and optionally variables for the query.
///
/// It is the subset of https://www.rfc-editor.org/rfc/rfc6570 that can be matched against URIs: `shop://books/{id}{?language}`.
struct ResourceURITemplate: Sendable, Hashable {
    let text: String
    private let parts: [Part]
    /// The variables of the path.
    private(set) var pathNames: [String] = []
    /// The variables of the query.
    private(set) var queryNames: [String] = []

    private enum Part: Sendable, Hashable {
        case literal(String)
        case variable(String)
    }

    /// Parses a template; nil if it is not in the subset.
    init?(_ text: String) {
        self.text = text
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            guard queryNames.isEmpty, let close = rest[open...].firstIndex(of: "}") else { return nil }
            if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
            let expression = rest[rest.index(after: open)..<close]
            if expression.hasPrefix("?") {
                queryNames = expression.dropFirst().split(separator: ",", omittingEmptySubsequences: false).map(
                    String.init
                )
            } else {
                // Two variables side by side cannot be distinguished.
                if case .variable? = parts.last { return nil }
                parts.append(.variable(String(expression)))
                pathNames.append(String(expression))
            }
            rest = rest[rest.index(after: close)...]
        }
        guard queryNames.isEmpty || rest.isEmpty else { return nil }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        self.parts = parts
        guard text.contains("://"), !rest.contains("}"), !(pathNames + queryNames).contains(where: \.isEmpty) else {
            return nil
        }
    }

    /// The values of the variables in a URI; nil if it does not match.
    func values(in uri: String) -> JSONObject? {
        let (path, query) = Self.split(uri)
        guard var values = pathValues(path) else { return nil }
        for pair in query.split(separator: "&") {
            let (name, value) = Self.cut(pair, at: "=")
            guard queryNames.contains(String(name)), let value = PercentEncoding.decode(value) else { return nil }
            values[String(name)] = .string(value)
        }
        return values
    }

    private func pathValues(_ path: Substring) -> JSONObject? {
        var values = JSONObject()
        var rest = path
        for (position, part) in parts.enumerated() {
            switch part {
            case .literal(let text):
                guard rest.hasPrefix(text) else { return nil }
                rest = rest.dropFirst(text.count)
            case .variable(let name):
                let segment = rest.prefix { $0 != "/" }
                guard let value = Self.value(in: segment, before: parts.dropFirst(position + 1).first) else {
                    return nil
                }
                guard !value.isEmpty, let decoded = PercentEncoding.decode(value) else { return nil }
                values[name] = .string(decoded)
                rest = rest.dropFirst(value.count)
            }
        }
        return rest.isEmpty ? values : nil
    }

    /// The value of a variable: its path segment up to the last place of the literal text that follows in the same segment.
    private static func value(in segment: Substring, before next: Part?) -> Substring? {
        guard case .literal(let text)? = next else { return segment }
        let ending = text.prefix { $0 != "/" }
        guard !ending.isEmpty else { return segment }
        return segment.ranges(of: ending).last.map { segment[..<$0.lowerBound] }
    }

    private static func split(_ uri: String) -> (path: Substring, query: Substring) { cut(uri[...], at: "?") }

    private static func cut(_ text: Substring, at separator: Character) -> (Substring, Substring) {
        guard let position = text.firstIndex(of: separator) else { return (text, "") }
        return (text[..<position], text[text.index(after: position)...])
    }
}
