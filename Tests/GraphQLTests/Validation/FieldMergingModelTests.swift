import GraphQL
import Testing

/// Compares the rule on generated documents with the specification's algorithm, written down as it stands there.
@Suite struct FieldMergingModelTests {
    static let sdl = """
        type Query { node: Node any: Any text: String list: [Int] query: Query }
        interface Node { node: Node a(x: Int): A number: Int text: String }
        type A implements Node { node: Node a(x: Int): A number: Int text: String only: Int! list: [A] }
        type B implements Node { node: Node a(x: Int): A number: Int text: String only: Int list: A }
        union Any = A | B
        """

    @Test(arguments: 0..<1000)
    func agreesWithTheSpecification(seed: Int) throws {
        let schema = try Schema(sdl: Source(Self.sdl))
        let document = try document(seed)
        let expected = FieldMergingModel(document, schema).canMergeAll()
        #expect(hasConflict(document, schema) == !expected, "\(document.text)")
    }

    @Test func generatesDocumentsOfBothKinds() throws {
        let schema = try Schema(sdl: Source(Self.sdl))
        let conflicting = try (0..<300).count { hasConflict(try document($0), schema) }
        #expect((60...240).contains(conflicting))
    }

    private func document(_ seed: Int) throws -> Document {
        var generator = DocumentGenerator(seed: seed)
        return try Document(parsing: Source(generator.document()), limits: .unlimited)
    }

    private func hasConflict(_ document: Document, _ schema: Schema) -> Bool {
        validate(document, schema: schema, maximumErrors: .max).contains { $0.message.hasPrefix("Fields ") }
    }
}

/// https://spec.graphql.org/September2025/#FieldsInSetCanMerge(), pair by pair and without any cache.
private struct FieldMergingModel {
    private let document: Document
    private let schema: Schema

    private struct Field {
        let node: FieldNode
        let parent: NamedType?
        var key: String { node.responseKey.value }
    }

    init(_ document: Document, _ schema: Schema) {
        self.document = document
        self.schema = schema
    }

    func canMergeAll() -> Bool {
        document.definitions.allSatisfy { definition in
            switch definition {
            case .operation(let node): canMerge(node.selectionSet, schema.rootType(of: node.operation))
            case .fragment(let node): canMerge(node.selectionSet, schema[node.typeCondition.name.value])
            case .schema, .type, .directive: true
            }
        }
    }

    private func canMerge(_ set: SelectionSetNode, _ type: NamedType?) -> Bool { canMerge(fields(set, type)) }

    private func canMerge(_ fields: [Field]) -> Bool {
        for (index, a) in fields.enumerated() {
            if !canMerge(selections(of: a)) { return false }
            for b in fields[(index + 1)...] where a.key == b.key {
                guard haveSameShape(a, b) else { return false }
                let areExclusive =
                    a.parent?.kind == .object && b.parent?.kind == .object && a.parent?.id != b.parent?.id
                if areExclusive { continue }
                guard a.node.name.value == b.node.name.value, arguments(a) == arguments(b) else { return false }
                guard canMerge(selections(of: a) + selections(of: b)) else { return false }
            }
        }
        return true
    }

    private func haveSameShape(_ a: Field, _ b: Field) -> Bool {
        if let a = definition(a)?.type, let b = definition(b)?.type, !haveSameWrappers(a, b) { return false }
        let merged = selections(of: a) + selections(of: b)
        return merged.enumerated().allSatisfy { index, a in
            merged[(index + 1)...].allSatisfy { a.key != $0.key || haveSameShape(a, $0) }
        }
    }

    private func haveSameWrappers(_ a: TypeReference, _ b: TypeReference) -> Bool {
        switch (a, b) {
        case (.list(let a), .list(let b)), (.nonNull(let a), .nonNull(let b)): haveSameWrappers(a, b)
        case (.named(let a), .named(let b)): a == b || (schema[a].isComposite && schema[b].isComposite)
        default: false
        }
    }

    private func definition(_ field: Field) -> FieldDefinition? { field.parent?.fields[field.node.name.value] }

    private func arguments(_ field: Field) -> [String] {
        field.node.arguments.map { "\($0.name.value): \($0.value.text)" }.sorted()
    }

    private func selections(of field: Field) -> [Field] {
        guard let set = field.node.selectionSet else { return [] }
        return fields(set, definition(field).map { schema.namedType(of: $0.type) })
    }

    private func fields(_ set: SelectionSetNode, _ type: NamedType?) -> [Field] {
        var visited: Set<String> = []
        return fields(set, type, &visited)
    }

    private func fields(_ set: SelectionSetNode, _ type: NamedType?, _ visited: inout Set<String>) -> [Field] {
        var found: [Field] = []
        for selection in set.selections {
            switch selection {
            case .field(let node): found.append(Field(node: node, parent: type))
            case .inlineFragment(let node):
                found += fields(node.selectionSet, node.typeCondition.map { schema[$0.name.value] } ?? type, &visited)
            case .fragmentSpread(let node):
                guard visited.insert(node.name.value).inserted else { continue }
                for case .fragment(let fragment) in document.definitions where fragment.name.value == node.name.value {
                    found += fields(fragment.selectionSet, schema[fragment.typeCondition.name.value], &visited)
                }
            }
        }
        return found
    }
}

/// Makes documents whose fields overlap a lot, with fragments that spread only later ones.
private struct DocumentGenerator {
    private var state: UInt64
    private var firstFragment = 0
    private static let fragments = 3
    private static let fields: [String: [(name: String, type: String?)]] = [
        "Query": [("node", "Node"), ("any", "Any"), ("text", nil), ("list", nil), ("query", "Query")],
        "Node": [("node", "Node"), ("a", "A"), ("a(x: 1)", "A"), ("number", nil), ("text", nil)],
        "A": [("node", "Node"), ("a", "A"), ("number", nil), ("text", nil), ("only", nil), ("list", "A")],
        "B": [("node", "Node"), ("a", "A"), ("number", nil), ("text", nil), ("only", nil), ("list", "A")],
        "Any": [("__typename", nil)],
    ]

    init(seed: Int) {
        state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    mutating func document() -> String {
        var parts = ["{ \(selections("Query", depth: 0)) }"]
        for index in 0..<Self.fragments {
            firstFragment = index + 1
            let type = pick(["Node", "A", "B"])
            parts.append("fragment F\(index) on \(type) { \(selections(type, depth: 2)) }")
        }
        return parts.joined(separator: " ")
    }

    private mutating func selections(_ type: String, depth: Int) -> String {
        (0...random(depth < 3 ? 3 : 1)).map { _ in selection(type, depth: depth) }.joined(separator: " ")
    }

    private mutating func selection(_ type: String, depth: Int) -> String {
        let kind = random(10)
        if kind == 0, type != "Query", firstFragment < Self.fragments {
            return "...F\(firstFragment + random(Self.fragments - firstFragment))"
        }
        if kind < 3, type != "Query", depth < 4 {
            let condition = pick(["Node", "A", "B"])
            return "... on \(condition) { \(selections(condition, depth: depth + 1)) }"
        }
        let field = pick(Self.fields[type] ?? [])
        let alias = random(12) == 0 ? pick(["text: ", "z: "]) : ""
        guard let inner = field.type else { return alias + field.name }
        return depth < 4 ? "\(alias)\(field.name) { \(selections(inner, depth: depth + 1)) }" : "__typename"
    }

    private mutating func random(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int((state >> 11) % UInt64(bound))
    }

    private mutating func pick<Element>(_ choices: [Element]) -> Element { choices[random(choices.count)] }
}
