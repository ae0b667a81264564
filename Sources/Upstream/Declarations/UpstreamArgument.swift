internal import GraphQL
internal import JSON

/// An argument whose value is a text of the upstream: the key of an object, or the value of one of its members.
struct UpstreamArgument: Sendable, Equatable {
    /// The argument's name in the schema.
    let name: String
    /// The upstream's spellings of an enum's values; nil: it has another type.
    private let spellings: [String: String]?

    /// Makes the argument of its definition.
    init(_ definition: InputValueDefinition, in schema: Schema) {
        name = definition.name
        spellings = schema.namedType(of: definition.type).upstreamSpellings
    }

    /// The upstream's text of the value; nil: it is null or absent, or it is no scalar.
    ///
    /// A whole number has the same text in every notation, as in the upstream's responses.
    func text(in arguments: JSONObject) -> String? { arguments[name].flatMap { text(of: $0) } }

    /// The upstream's texts of a list's items; nil: the list is null or absent.
    func texts(in arguments: JSONObject) -> [String]? {
        guard case .array(let items)? = arguments[name] else { return nil }
        return items.compactMap { text(of: $0) }
    }

    private func text(of value: JSONValue) -> String? {
        guard let text = value.comparedText else { return nil }
        return spellings?[text] ?? text
    }
}

extension NamedType {
    /// The upstream's spellings of an enum's values, by their names; nil: the type is no enum.
    var upstreamSpellings: [String: String]? {
        guard kind == .enumeration else { return nil }
        return Dictionary(values.map { ($0.name, $0.upstreamName) }, uniquingKeysWith: { first, _ in first })
    }
}
