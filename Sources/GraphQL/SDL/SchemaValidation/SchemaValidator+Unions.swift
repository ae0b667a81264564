extension SchemaValidator {
    /// A union has members, all of them object types, each once.
    ///
    /// https://spec.graphql.org/September2025/#sec-Unions.Type-Validation
    mutating func validateMemberTypes(of union: NamedType) {
        if union.memberTypes.isEmpty {
            report(
                "Union type \(union.name) must define one or more member types.",
                at: union.definitions.map(\.range)
            )
        }
        var seen: Set<TypeID> = []
        for id in union.memberTypes {
            let member = schema[id]
            if !seen.insert(id).inserted {
                report(
                    "Union type \(union.name) can only include type \(member.name) once.",
                    at: union.nodes(naming: member)
                )
            } else if member.kind != .object {
                report(
                    "Union type \(union.name) can only include Object types, it cannot include \(member.name).",
                    at: union.nodes(naming: member)
                )
            }
        }
    }
}

extension NamedType {
    /// The nodes of a member in the union's definitions.
    fileprivate func nodes(naming member: NamedType) -> [SourceRange?] {
        definitions.flatMap(\.members.types).filter { $0.name.value == member.name }.map(\.range)
    }
}
