package import JSON

extension OutputBuffer {
    /// Appends the member `errors`, with a comma before it; appends nothing if there are no errors.
    ///
    /// At most `maximum` errors are written. If there are more, one more states how many were left out, with the code of
    /// the first of these.
    ///
    /// If only some of the errors are passed, `count` is the number of all.
    package mutating func append(errors: [GraphQLError], maximum: Int = .max, count: Int? = nil) {
        guard !errors.isEmpty else { return }
        append(",\"errors\":")
        append(errorList: errors, maximum: maximum, count: count)
    }

    /// Appends errors as a JSON array; see `append(errors:maximum:count:)`.
    package mutating func append(errorList errors: [GraphQLError], maximum: Int = .max, count: Int? = nil) {
        append(UInt8(ascii: "["))
        for (index, error) in errors.listed(atMost: maximum, of: count).enumerated() {
            if index > 0 { append(UInt8(ascii: ",")) }
            append(error)
        }
        append(UInt8(ascii: "]"))
    }

    /// Appends one error.
    ///
    /// https://spec.graphql.org/September2025/#sec-Errors
    package mutating func append(_ error: GraphQLError) {
        append("{\"message\":")
        appendJSONString(error.message)
        if !error.locations.isEmpty {
            append(",\"locations\":[")
            for (index, location) in error.locations.enumerated() {
                if index > 0 { append(UInt8(ascii: ",")) }
                append("{\"line\":")
                append(integer: location.line)
                append(",\"column\":")
                append(integer: location.column)
                append(UInt8(ascii: "}"))
            }
            append(UInt8(ascii: "]"))
        }
        if let path = error.path { append(path: path) }
        if !error.extensions.isEmpty {
            append(",\"extensions\":")
            JSONValue.object(error.extensions).write(into: &self)
        }
        append(UInt8(ascii: "}"))
    }

    private mutating func append(path: [PathSegment]) {
        append(",\"path\":[")
        for (index, segment) in path.enumerated() {
            if index > 0 { append(UInt8(ascii: ",")) }
            switch segment {
            case .key(let key): appendJSONString(key)
            case .index(let number): append(integer: number)
            }
        }
        append(UInt8(ascii: "]"))
    }
}

extension [GraphQLError] {
    /// The errors that a response lists.
    ///
    /// - Parameters:
    ///   - maximum: the most errors that are listed; if there are more, one more states how many were left out, with the code of the
    ///     first of these.
    ///   - count: the number of all errors, if only some of them are passed.
    /// - Returns: the errors, in their order.
    package func listed(atMost maximum: Int, of count: Int? = nil) -> [GraphQLError] {
        let count = count ?? self.count
        guard count > maximum else { return self }
        var extensions = JSONObject()
        extensions["code"] = self[Swift.max(0, maximum)].extensions["code"]
        return prefix(maximum) + [GraphQLError("\(count - maximum) more errors were left out.", extensions: extensions)]
    }
}
