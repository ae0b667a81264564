/// The texts of fields' arguments, for comparing those of two fields in any order.
struct ArgumentTexts {
    private struct Texts {
        let inOrder: [(name: String, value: String)]
        /// The text of each argument's value by name; of several arguments with one name, the last.
        let byName: [String: String]

        init(_ arguments: [ArgumentNode]) {
            inOrder = arguments.map { ($0.name.value, $0.value.sorted.text) }
            byName = Dictionary(inOrder.map { ($0.name, $0.value) }) { $1 }
        }

        /// Whether an argument has a value of the same bytes: other encodings of the same characters are other values.
        func has(_ name: String, _ value: String) -> Bool {
            byName[name].map { $0.utf8.elementsEqual(value.utf8) } ?? false
        }
    }

    private var known: [ObjectIdentifier: Texts] = [:]

    /// Whether two fields are given the same arguments.
    ///
    /// As in graphql-js, the result depends on the order of the two if one has several arguments with one name.
    mutating func areEqual(_ a: FieldNode, _ b: FieldNode) -> Bool {
        guard a.arguments.count == b.arguments.count else { return false }
        if a.arguments.isEmpty { return true }
        let other = texts(of: b)
        return texts(of: a).inOrder.allSatisfy { other.has($0.name, $0.value) }
    }

    /// Whether two lists have the same arguments, in any order.
    static func areEqual(_ a: [ArgumentNode], _ b: [ArgumentNode]) -> Bool {
        guard a.count == b.count else { return false }
        let other = Texts(b)
        return Texts(a).inOrder.allSatisfy { other.has($0.name, $0.value) }
    }

    private mutating func texts(of field: FieldNode) -> Texts {
        let key = ObjectIdentifier(field)
        if let known = known[key] { return known }
        let texts = Texts(field.arguments)
        known[key] = texts
        return texts
    }
}

extension ValueNode {
    /// The value with the fields of all objects in it sorted by name.
    fileprivate var sorted: ValueNode {
        switch self {
        case .variable, .int, .float, .string, .boolean, .null, .enumeration: self
        case .list(let values, let range): .list(values.map(\.sorted), range)
        case .object(let fields, let range):
            .object(
                fields.map { ObjectFieldNode(name: $0.name, value: $0.value.sorted, range: $0.range) }
                    .sorted { naturalOrder($0.name.value, $1.name.value) < 0 },
                range
            )
        }
    }
}
