internal import GraphQL
internal import JSON

extension GraphQLError {
    /// The error as JSON, as it appears in a response.
    ///
    /// https://spec.graphql.org/September2025/#sec-Errors
    var json: JSONValue {
        var members: JSONObject = ["message": .string(message)]
        if !locations.isEmpty {
            members["locations"] = .array(
                locations.map { ["line": .integer($0.line), "column": .integer($0.column)] }
            )
        }
        if let path { members["path"] = .array(path.map(\.json)) }
        if !extensions.isEmpty { members["extensions"] = .object(extensions) }
        return .object(members)
    }
}

extension PathSegment {
    /// The segment as JSON, as it appears in a path.
    var json: JSONValue {
        switch self {
        case .key(let key): .string(key)
        case .index(let index): .integer(index)
        }
    }
}
