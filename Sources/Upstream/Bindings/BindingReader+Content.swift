internal import GraphQL
internal import JSON

extension BindingReader {
    /// The expected content of a response that is shown as a type: the members that identify it, and those of its own members that
    /// could be mistaken for members of an envelope.
    func content(of type: TypeReference) -> ExpectedContent {
        let named = schema.namedType(of: type)
        guard type.listItem == nil, named.kind.isComposite else { return .anything }
        if let entity = entities[named.id] { return .object(identifiedBy: [entity.key], declaring: []) }
        var members: Set<JSONKey> = []
        var visited: Set<TypeID> = []
        guard collectMembers(of: named, into: &members, &visited) else { return .anything }
        return .object(
            identifiedBy: members.subtracting(conventions.envelopeMembers).sorted { $0.name < $1.name },
            declaring: [conventions.error, conventions.success, conventions.items].compactMap(\.self)
                .filter { members.contains($0) }
        )
    }

    /// Collects the members that fields of a type read; returns false if the type shows the whole object.
    private func collectMembers(
        of type: NamedType,
        into members: inout Set<JSONKey>,
        _ visited: inout Set<TypeID>
    ) -> Bool {
        guard visited.insert(type.id).inserted else { return true }
        // The directives on an interface's fields are those of the types that implement it.
        let types = type.kind == .object ? [type] : schema.possibleTypes(of: type.id).map { schema[$0] }
        for field in types.flatMap(\.fields) {
            if DirectiveArguments(.parent, in: field.directives) != nil {
                let inner = schema.namedType(of: field.type)
                guard inner.kind.isComposite else { return false }
                guard collectMembers(of: inner, into: &members, &visited) else { return false }
            } else if let reference = DirectiveArguments(.reference, in: field.directives) {
                if let key = reference.string("key") { members.insert(JSONKey(key)) }
            } else if field.readsOwnMember {
                members.insert(JSONKey(field.upstreamName))
            }
        }
        return true
    }
}

extension TypeKind {
    /// Whether values of the kind have fields.
    fileprivate var isComposite: Bool {
        switch self {
        case .object, .interface, .union: true
        case .scalar, .enumeration, .inputObject: false
        }
    }
}

extension FieldDefinition {
    /// Whether the field reads the member with its own upstream name, because no directive declares another source.
    var readsOwnMember: Bool {
        BindingDirective.allCases.allSatisfy { directive in
            guard let source = directive.source, !source.readsOwnMember else { return true }
            return DirectiveArguments(directive, in: directives) == nil
        }
    }
}
