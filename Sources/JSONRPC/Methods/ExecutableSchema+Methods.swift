package import GraphQL

extension ExecutableSchema {
    /// The schema by which methods are planned: plain JSON of objects has the schema's names for enum values.
    package var forMethods: ExecutableSchema {
        let fields = OwnFields(executable: self) { _ in false }
        var forms = PlainForms()
        for type in schema.types where type.kind == .object && !type.name.hasPrefix("__") {
            for field in type.fields {
                guard let plain = fields.plain(of: field, of: type) else { continue }
                forms.add(plain, of: type, showing: schema.namedType(of: field.type), self)
            }
        }
        // PERF: few schemas have enum types in a workspace's own fields.
        return forms.isEmpty ? self : ExecutableSchema(self, plainForms: forms)
    }
}
