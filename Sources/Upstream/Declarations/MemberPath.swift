package import JSON

/// The path of a value in a JSON value: the names of members, from the outside in.
package struct MemberPath: Sendable, Hashable {
    /// The names.
    let names: [String]

    /// Parses a text such as `data.book_id`; nil if a name is empty.
    init?(_ text: some StringProtocol) {
        names = text.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
        guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
    }

    /// The value at the path; nil: there is none.
    package func value(in json: JSONValue) -> JSONValue? {
        var value = json
        for name in names {
            guard let member = value[name] else { return nil }
            value = member
        }
        return value
    }
}
