import JSON

/// A field that a generated query selects: what it is called, its arguments, and what is selected of its value.
struct ModelSelection: Sendable {
    /// A value of an argument.
    enum Argument: Sendable {
        case text(String)
        case number(Int)
        case flag(Bool)
        /// A name of an enumeration.
        case name(String)
        case texts([String])
        case object(JSONObject)
        /// The text of a cursor, and the position that it was given for.
        case cursor(String, ModelCursor)
        /// The text of a name among all types, and the object's key.
        case nodeID(String, key: String)
        /// The texts of several names, and the objects' keys.
        case nodeIDs([String], keys: [String])

        /// The argument as a document writes it.
        var literal: String {
            switch self {
            case .text(let text), .cursor(let text, _), .nodeID(let text, _): JSONValue.string(text).description
            case .number(let number): "\(number)"
            case .flag(let flag): "\(flag)"
            case .name(let name): name
            case .texts(let texts), .nodeIDs(let texts, _):
                "[\(texts.map { JSONValue.string($0).description }.joined(separator: ", "))]"
            case .object(let members): Self.literal(.object(members))
            }
        }

        /// The argument as a variable or a parameter of JSON-RPC.
        var json: JSONValue {
            switch self {
            case .text(let text), .name(let text), .cursor(let text, _), .nodeID(let text, _): .string(text)
            case .number(let number): .integer(number)
            case .flag(let flag): .bool(flag)
            case .texts(let texts), .nodeIDs(let texts, _): .array(texts.map(JSONValue.string))
            case .object(let members): .object(members)
            }
        }

        private static func literal(_ value: JSONValue) -> String {
            switch value {
            case .array(let items): "[\(items.map(literal).joined(separator: ", "))]"
            case .object(let members): "{\(members.map { "\($0.0): \(literal($0.1))" }.joined(separator: ", "))}"
            case .null, .bool, .number, .string: value.description
            }
        }
    }

    var alias: String?
    var name: String
    var arguments: [(name: String, value: Argument)] = []
    var selections: [ModelSelection] = []

    init(
        _ name: String,
        alias: String? = nil,
        _ arguments: [(name: String, value: Argument)] = [],
        _ selections: [ModelSelection] = []
    ) {
        self.name = name
        self.alias = alias
        self.arguments = arguments
        self.selections = selections
    }

    /// The name of the field in the response.
    var responseName: String { alias ?? name }

    /// An argument's value.
    subscript(_ argument: String) -> Argument? { arguments.first { $0.name == argument }?.value }

    /// The text of an argument.
    func text(_ argument: String) -> String? {
        switch self[argument] {
        case .text(let text)?, .name(let text)?: text
        default: nil
        }
    }

    /// The position that a cursor was given for.
    func cursor(_ argument: String) -> ModelCursor? {
        guard case .cursor(_, let cursor)? = self[argument] else { return nil }
        return cursor
    }

    /// The number of an argument.
    func number(_ argument: String) -> Int? {
        guard case .number(let number)? = self[argument] else { return nil }
        return number
    }

    /// The field as a document writes it.
    var document: String {
        let values = arguments.map { "\($0.name): \($0.value.literal)" }.joined(separator: ", ")
        return (alias.map { "\($0): " } ?? "") + name + (values.isEmpty ? "" : "(\(values))")
            + (selections.isEmpty ? "" : " { \(Self.document(selections)) }")
    }

    /// Fields beside each other.
    static func document(_ selections: [ModelSelection]) -> String {
        selections.map(\.document).joined(separator: " ")
    }

    /// The parameters of a call of JSON-RPC that asks for the same.
    var parameters: JSONValue {
        var members = JSONObject(arguments.map { ($0.name, $0.value.json) })
        if !selections.isEmpty { members["select"] = .string(Self.document(selections)) }
        return .object(members)
    }
}
