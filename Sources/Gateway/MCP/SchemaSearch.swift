internal import GraphQL
internal import JSON
internal import JSONRPC

/// Finds types and fields of a schema by words.
struct SchemaSearch: Sendable {
    private let entries: [Entry]

    /// The most matches of a search.
    private static let maximumMatches = 20
    /// The most bytes of a search text.
    private static let maximumTextBytes = 1000
    /// The most words of the text that are searched for.
    private static let maximumWords = 20

    /// A type, field, input field or enum value that can be found.
    private struct Entry: Sendable {
        let kind: String
        let name: String
        let signature: String
        let description: String?
        /// The words that find it, with their weights.
        var words: [String: Int] = [:]

        mutating func add(_ text: String?, weight: Int) {
            for word in SearchWords.of(text ?? "") { words[word] = max(words[word] ?? 0, weight) }
        }

        var json: JSONValue {
            var members: JSONObject = [
                "kind": .string(kind), "name": .string(name), "signature": .string(signature),
            ]
            if let description { members["description"] = .string(description) }
            return .object(members)
        }
    }

    /// Collects the entries of a schema.
    init(_ schema: Schema) {
        var entries: [Entry] = []
        for type in schema.types where !type.name.hasPrefix("__") {
            entries.append(Self.typeEntry(type, schema))
            entries += type.fields.map { Self.fieldEntry($0, type, schema) }
            entries += type.inputFields.map { field in
                let signature = "\(field.name): \(schema.text(of: field.type))"
                return Self.entry("input field", field.name, signature, field.description, of: type)
            }
            entries += type.values.map { Self.entry("enum value", $0.name, $0.name, $0.description, of: type) }
        }
        self.entries = entries
    }

    private static func typeEntry(_ type: NamedType, _ schema: Schema) -> Entry {
        var members = type.fields.map { Self.signature(of: $0, schema) }
        members += type.inputFields.map { "\($0.name): \(schema.text(of: $0.type))" }
        members += type.values.map(\.name)
        let text = type.name + (members.isEmpty ? "" : " { \(members.joined(separator: "; ")) }")
        var entry = Entry(kind: type.kind.word, name: type.name, signature: text, description: type.description)
        entry.add(type.description, weight: 2)
        entry.add(type.name, weight: 9)
        return entry
    }

    private static func fieldEntry(_ field: FieldDefinition, _ type: NamedType, _ schema: Schema) -> Entry {
        var entry = Self.entry("field", field.name, signature(of: field, schema), field.description, of: type)
        for argument in field.arguments { entry.add(argument.name, weight: 2) }
        entry.add(schema.namedType(of: field.type).name, weight: 3)
        entry.add(field.name, weight: 8)
        return entry
    }

    private static func entry(
        _ kind: String,
        _ name: String,
        _ signature: String,
        _ description: String?,
        of type: NamedType
    ) -> Entry {
        var entry = Entry(kind: kind, name: "\(type.name).\(name)", signature: signature, description: description)
        entry.add(description, weight: 2)
        entry.add(type.name, weight: 4)
        entry.add(name, weight: 8)
        return entry
    }

    private static func signature(of field: FieldDefinition, _ schema: Schema) -> String {
        let arguments = field.arguments.map { "\($0.name): \(schema.text(of: $0.type))" }.joined(separator: ", ")
        return "\(field.name)\(arguments.isEmpty ? "" : "(\(arguments))"): \(schema.text(of: field.type))"
    }

    // MARK: - Searching

    /// The result of the tool `search`.
    ///
    /// - Parameter arguments: the arguments of the call.
    /// - Returns: the matches.
    /// - Throws: the error of invalid arguments.
    func result(_ arguments: JSONObject) throws(RPCError) -> JSONValue {
        guard let text = arguments["words"]?.stringValue, text.utf8.count <= Self.maximumTextBytes else {
            throw .invalidParams("Give words: a string of at most \(Self.maximumTextBytes) bytes.")
        }
        return ["matches": .array(matches(text).map(\.json))]
    }

    /// The names of the entries that match a text, the best match first.
    func names(_ text: String) -> [String] { matches(text).map(\.name) }

    private func matches(_ text: String) -> [Entry] {
        var wanted: [String] = []
        for word in SearchWords.of(text) where wanted.count < Self.maximumWords && !wanted.contains(word) {
            wanted.append(word)
        }
        let scored = entries.compactMap { entry -> (entry: Entry, score: Int)? in
            let scores = wanted.map { Self.score(of: $0, in: entry.words) }
            let found = scores.filter { $0 > 0 }.count
            // Entries that match all words come before those that match some.
            return found == 0 ? nil : (entry, found * 100 + scores.reduce(0, +))
        }
        let best = scored.enumerated().sorted { left, right in
            left.element.score == right.element.score
                ? left.offset < right.offset : left.element.score > right.element.score
        }
        return best.prefix(Self.maximumMatches).map(\.element.entry)
    }

    private static func score(of wanted: String, in words: [String: Int]) -> Int {
        if let weight = words[wanted] { return weight * 2 }
        return words.reduce(0) { best, word in
            SearchWords.areAlike(word.key, wanted) ? max(best, word.value) : best
        }
    }
}

extension TypeKind {
    /// The kind in words.
    fileprivate var word: String {
        switch self {
        case .scalar: "scalar"
        case .object: "type"
        case .interface: "interface"
        case .union: "union"
        case .enumeration: "enum"
        case .inputObject: "input"
        }
    }
}
