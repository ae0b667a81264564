internal import GraphQL
internal import JSON

/// The parameter `select`: a GraphQL selection as text, or field names with dots.
enum SelectTree {
    /// The text of a selection set without its braces, which is known to be exactly one.
    case selection(String, names: [String])
    case paths([Branch])

    /// A field, and the fields selected below it.
    struct Branch {
        let name: String
        var below: [Branch] = []
    }

    /// The most fields that an array can name.
    private static let maximumPaths = 1000

    /// Parses the parameter.
    ///
    /// - Throws: the error of a selection that is not valid.
    init(_ value: JSONValue) throws(RPCError) {
        switch value {
        case .string(let text): self = try Self.read(text)
        case .array(let items): self = .paths(try Self.read(items))
        case .null, .bool, .number, .object:
            throw .invalidParams("\"select\" is a GraphQL selection, such as \"id title\", or an array of field names.")
        }
    }

    /// The names of the fields at the top level.
    var topLevelNames: [String] {
        switch self {
        case .selection(_, let names): names
        case .paths(let branches): branches.map(\.name)
        }
    }

    private static func read(_ text: String) throws(RPCError) -> SelectTree {
        // The line break ends a comment that would otherwise include the closing brace.
        let source = Source("{\(text)\n}")
        let document: Document
        do {
            document = try Document(parsing: source, limits: .standard)
        } catch {
            throw .invalidParams("\"select\" is no GraphQL selection: \(error.graphQLError(in: source).message)")
        }
        guard document.definitions.count == 1, case .operation(let operation)? = document.definitions.first,
            Int(operation.selectionSet.range.end) == source.text.count
        else { throw .invalidParams("\"select\" must be one selection and no more.") }
        let names = operation.selectionSet.selections.compactMap { selection in
            if case .field(let field) = selection { field.name.value } else { nil }
        }
        return .selection(text, names: names)
    }

    private static func read(_ items: [JSONValue]) throws(RPCError) -> [Branch] {
        guard !items.isEmpty, items.count <= maximumPaths else {
            throw .invalidParams("\"select\" needs 1 to \(maximumPaths) field names.")
        }
        var branches: [Branch] = []
        for item in items {
            guard case .string(let path) = item else {
                throw .invalidParams("\"select\" has an item that is no string; write field names, such as \"id\".")
            }
            let steps = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard steps.allSatisfy(isName), steps.count <= 32 else {
                throw .invalidParams("\"select\" has \"\(path)\", which is no field name; write \"id\" or \"a.b\".")
            }
            add(steps[...], to: &branches)
        }
        return branches
    }

    private static func add(_ steps: ArraySlice<String>, to branches: inout [Branch]) {
        guard let first = steps.first else { return }
        let index = branches.firstIndex { $0.name == first } ?? branches.count
        if index == branches.count { branches.append(Branch(name: first)) }
        add(steps.dropFirst(), to: &branches[index].below)
    }

    /// Whether a text is a name: https://spec.graphql.org/September2025/#Name.
    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }

    /// The selection set on a type.
    ///
    /// - Throws: the error of a field that the type does not have.
    func text(on type: NamedType, _ own: OwnFields) throws(RPCError) -> String {
        switch self {
        case .selection(let text, _): return "{\(text)\n}"
        case .paths(let branches): return try Self.text(of: branches, on: type, own)
        }
    }

    private static func text(of branches: [Branch], on type: NamedType, _ own: OwnFields) throws(RPCError) -> String {
        var parts: [String] = []
        for branch in branches {
            guard let field = own.executable.schema.field(named: branch.name, on: type) else {
                throw .invalidParams("\"select\" names \"\(branch.name)\", which is no field of \(type.name).")
            }
            let named = own.executable.schema.namedType(of: field.type)
            if branch.below.isEmpty {
                if let plain = own.plain(of: field, of: type) {
                    parts.append("\(field.name): \(plain.name)")
                } else {
                    parts.append(([field.name] + [own.selection(of: named)].compactMap { $0 }).joined(separator: " "))
                }
            } else {
                parts.append("\(field.name) \(try text(of: branch.below, on: named, own))")
            }
        }
        return "{\(parts.joined(separator: " "))}"
    }
}
