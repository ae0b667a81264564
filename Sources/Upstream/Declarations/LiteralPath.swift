extension String {
    /// The part of a path before its query.
    var pathWithoutQuery: String { String(Substring(utf8.prefix { $0 != UInt8(ascii: "?") })) }

    /// The part of a template before its query, whether that is literal or an expression.
    var literalPath: String {
        let path = pathWithoutQuery
        return path.utf8.last == UInt8(ascii: "{") ? String(path.dropLast()) : path
    }
}
