internal import GraphQL

extension BindingReader {
    /// Reports root fields without a source of their value: they would be null, as if the call had succeeded.
    ///
    /// The root value has no members. A root field whose type has bound fields only groups them: it is the root value itself.
    mutating func checkRoots() {
        for root in [schema.queryType, schema.mutationType].compactMap(\.self) {
            var groups: Set<TypeID> = [root]
            for field in schema[root].fields { checkRootField(field, of: schema[root], &groups) }
        }
    }

    private mutating func checkRootField(_ field: FieldDefinition, of type: NamedType, _ groups: inout Set<TypeID>) {
        let key = BindingTable.FieldKey(type: type.id, field: field.name)
        let fieldType = schema.namedType(of: field.type)
        switch sources[key] {
        case .bound(let id)?:
            let kind = bindings[id.index].kind
            if !kind.parentMembers.isEmpty || kind.showsParent {
                reportUnbound(field, of: type)
            } else if let object = kind.gatewayObject, object.isOfParent, isRoot(type.id) || isShownOnce(type) {
                reportWithoutWorkspace(field, of: type, object.directive)
            }
        case .parent? where fieldType.kind == .object && field.type.listItem == nil:
            checkGroup(fieldType, &groups)
        case nil where field.type.listItem == nil && isGroup(fieldType, []):
            setSource(.parent, of: key)
            checkGroup(fieldType, &groups)
        case nil, .member?, .memberByDeprecation?, .memberNamed?, .parent?, .typename?, .introspectionSchema?,
            .introspectionType?:
            reportUnbound(field, of: type)
        }
    }

    private mutating func checkGroup(_ type: NamedType, _ groups: inout Set<TypeID>) {
        guard groups.insert(type.id).inserted else { return }
        for field in type.fields { checkRootField(field, of: type, &groups) }
    }

    /// Whether an object type only groups bound fields, or types that do.
    private func isGroup(_ type: NamedType, _ visited: Set<TypeID>) -> Bool {
        guard type.kind == .object, !visited.contains(type.id) else { return false }
        return type.fields.allSatisfy { field in
            switch sources[BindingTable.FieldKey(type: type.id, field: field.name)] {
            case .bound?: true
            case nil, .parent?:
                field.type.listItem == nil && isGroup(schema.namedType(of: field.type), visited.union([type.id]))
            case .member?, .memberByDeprecation?, .memberNamed?, .typename?, .introspectionSchema?,
                .introspectionType?:
                false
            }
        }
    }

    /// Reports fields of connections without a source of their value.
    mutating func checkConnections() {
        var reported: Set<BindingTable.FieldKey> = []
        for type in schema.types where type.kind == .object {
            for field in type.fields {
                let key = BindingTable.FieldKey(type: type.id, field: field.name)
                guard case .bound(let id)? = sources[key],
                    let collection = bindings[id.index].kind as? CollectionBinding, collection.connection != nil
                else { continue }
                let connection = schema.namedType(of: field.type)
                for (type, field) in ConnectionShape.unknownFields(of: connection, in: schema) {
                    let key = BindingTable.FieldKey(type: type.id, field: field.name)
                    if case .bound? = sources[key] { continue }
                    guard reported.insert(key).inserted else { continue }
                    let message =
                        "The field \"\(type.name).\(field.name)\" is none of a connection's, and would always be null."
                    report(message, field.node?.range ?? SourceRange(start: 0, end: 0))
                }
            }
        }
    }

    /// Reports fields that show a type with `@written` fields but write nothing: no other response has the written object.
    mutating func checkPayloads() {
        let objects = schema.types.filter { $0.kind == .object }
        let payloads = Set(
            objects.filter { type in
                type.fields.contains { DirectiveArguments(.written, in: $0.directives) != nil }
            }.map(\.id)
        )
        guard !payloads.isEmpty else { return }
        for type in objects where payloads.contains(type.id) {
            for field in type.fields where !hasSource(field, of: type) {
                report(
                    "The field \"\(type.name).\(field.name)\" has no @written, and would always be null: a payload shows nothing of the "
                        + "upstream's response but the written object and its key.",
                    field.node?.range ?? SourceRange(start: 0, end: 0)
                )
            }
        }
        for type in objects {
            for field in type.fields {
                let shown = schema.namedType(of: field.type)
                guard payloads.contains(shown.id) else { continue }
                if case .bound(let id)? = sources[BindingTable.FieldKey(type: type.id, field: field.name)],
                    bindings[id.index].kind is WriteBinding
                {
                    continue
                }
                report(
                    "The field \"\(type.name).\(field.name)\" writes nothing, and shows \"\(shown.name)\", whose fields with @written "
                        + "would always be null: they are for types of fields with @rest(post:), (put:), (patch:) or (delete:).",
                    field.node?.range ?? SourceRange(start: 0, end: 0)
                )
            }
        }
    }

    /// Whether a payload's field has a source of its value other than the member of its own name.
    private func hasSource(_ field: FieldDefinition, of type: NamedType) -> Bool {
        if DirectiveArguments(.written, in: field.directives) != nil { return true }
        return switch sources[BindingTable.FieldKey(type: type.id, field: field.name)] {
        case .bound?, .typename?, .parent?: true
        case nil, .member?, .memberByDeprecation?, .memberNamed?, .introspectionSchema?, .introspectionType?: false
        }
    }

    private mutating func reportWithoutWorkspace(
        _ field: FieldDefinition,
        of type: NamedType,
        _ directive: BindingDirective
    ) {
        let solution =
            directive == .workspace
            ? "use @workspace(view: \"ALL\") or @workspace(view: \"BY_SLUG\")"
            : "use @\(directive.rawValue) in the type of a field with @workspace"
        report(
            "@\(directive.rawValue) of field \"\(type.name).\(field.name)\" shows something of its parent's workspace, "
                + "and the root is in no workspace: \(solution).",
            DirectiveArguments(directive, in: field.directives)?.range ?? SourceRange(start: 0, end: 0)
        )
    }

    private mutating func reportUnbound(_ field: FieldDefinition, of type: NamedType) {
        let name = "\(type.name).\(field.name)"
        let isRoot = type.id == schema.queryType || type.id == schema.mutationType
        let reason = isRoot ? "" : ", reached from the root,"
        report(
            "The field \"\(name)\"\(reason) has no binding, such as @rest, and would always be null.",
            field.node?.range ?? SourceRange(start: 0, end: 0)
        )
    }
}
