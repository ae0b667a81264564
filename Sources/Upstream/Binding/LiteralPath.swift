extension String {
    /// What comes before the query of a path.
    var pathWithoutQuery: String { String(Substring(utf8.prefix { $0 != UInt8(ascii: "?") })) }

    /// What comes before the query of a template, whether it is literal or an expression.
    var literalPath: String {
        let path = pathWithoutQuery
        return path.utf8.last == UInt8(ascii: "{") ? String(path.dropLast()) : path
    }
}
