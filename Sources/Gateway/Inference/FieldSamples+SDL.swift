internal import GraphQL
internal import JSON
internal import Upstream

extension FieldSamples {
    /// The extensions of the type and of its input type that declare the sampled members as fields.
    ///
    /// Members that the schema has already are left out; so is an extension without fields.
    package var sdl: String {
        let lists = objects.map { "\($0.count) of \($0.list)" }.joined(separator: ", ")
        let unknown = fields.filter { $0.value.inference == .none }.keys.sorted()
            .map { "\n# \(StringNode.quoted($0)) was null in every sample: its type is unknown." }
        let head = "# Inferred from \(count) objects: \(lists).\(unknown.joined())"
        let extensions = [(keyword: "type", type: open.type), (keyword: "input", type: open.input)]
            .compactMap { entry in entry.type.flatMap { extend($0, as: entry.keyword) } }
        return ([head] + extensions).joined(separator: "\n\n")
    }

    private func extend(_ type: NamedType, as keyword: String) -> String? {
        let known = knownNames(of: type)
        let lines = namedFields.filter { !known.contains($0.key) }.map { field in
            """
              \(StringNode.quoted(field.summary))
              \(field.name): \(field.type)\(field.isImplied ? "" : " @json(name: \(StringNode.quoted(field.key)))")
            """
        }
        guard !lines.isEmpty else { return nil }
        return "extend \(keyword) \(type.name) {\n\(lines.joined(separator: "\n"))\n}"
    }

    /// The upstream's names of the members that the type has fields for.
    private func knownNames(of type: NamedType) -> Set<String> {
        let shown = type.fields.compactMap { field -> String? in
            guard case .member(let key) = open.schema.bindings.source(of: field, on: type) else { return nil }
            return key.name
        }
        return Set(shown + type.inputFields.filter { !$0.isParent }.map(\.upstreamName))
    }

    /// A member as a field of the schema.
    private struct NamedField {
        let key: String
        let name: String
        let type: String
        let summary: String
        /// Whether the key follows from the name, so that `@json` is not needed.
        let isImplied: Bool
    }

    private var namedFields: [NamedField] {
        let any = open.schema.executable.schema.namedType(of: open.whole.type).name
        var names = FieldNames(taken: open.type.fields.names + (open.input?.inputFields.names ?? []))
        return fields.sorted { $0.key < $1.key }.compactMap { key, field in
            let type: String
            switch field.inference {
            case .type(let name): type = name
            case .any: type = any
            case .none: return nil
            }
            let name = names.name(for: key)
            return NamedField(
                key: key,
                name: name,
                type: type,
                summary: field.summary(of: count),
                isImplied: name.snakeCased == key
            )
        }
    }
}
