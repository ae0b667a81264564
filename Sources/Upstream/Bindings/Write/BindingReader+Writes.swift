internal import GraphQL
internal import JSON

extension BindingReader {
    /// Reads the binding of a field that writes to the upstream.
    mutating func readWrite(
        _ method: WriteMethod,
        _ call: CallTemplate,
        _ arguments: DirectiveArguments,
        _ declared: DeclaredField
    ) {
        let (field, subject) = (declared.definition, declared.subject)
        guard declared.parent.id == schema.mutationType else {
            let message =
                "@rest(\(method.argument):) of \(subject) changes something: only fields of the mutation type may."
            report(message, arguments.range)
            return
        }
        let type = schema.namedType(of: field.type)
        guard type.kind == .object, field.type.listItem == nil else {
            let found = schema.text(of: field.type)
            report("@rest(\(method.argument):) of \(subject) needs an object type, not \"\(found)\".", arguments.range)
            return
        }
        let (payload, shown) = payload(of: type)
        let entity = shown ?? self.entity(writtenBy: method, call)
        let write = WriteBinding(
            method: method,
            template: call,
            body: body(arguments, field, subject: subject),
            entity: entity,
            keyArgument: entity.flatMap { call.argument(forKeyOf: $0, method) }
                .flatMap { field.arguments[$0] }.map { UpstreamArgument($0, in: schema) },
            payload: payload,
            dependents: entity.map { types(referringTo: $0) } ?? [],
            content: contentOfWrite(payload, entity, field)
        )
        bind(write, to: declared)
    }

    /// The entity whose path a write has, if its payload does not show the object; nil: there is none.
    private func entity(writtenBy method: WriteMethod, _ call: CallTemplate) -> Entity? {
        let path = call.template.text.literalPath
        return entities.values.first { method == .post ? $0.list?.literalPath == path : $0.template.text == path }
    }

    /// The kind of a payload type: it shows the object in its fields with `@written`, or is the object itself.
    private func payload(of type: NamedType) -> (WriteBinding.Payload, Entity?) {
        let written = type.fields.filter { DirectiveArguments(.written, in: $0.directives) != nil }
        guard !written.isEmpty else { return (.object, entities[type.id]) }
        let objects = written.filter { schema.namedType(of: $0.type).kind == .object }
        return (.fields(objects.map(\.name)), objects.first.flatMap { entities[schema.namedType(of: $0.type).id] })
    }

    /// The expected content of the response to a write: the object that was written.
    private func contentOfWrite(
        _ payload: WriteBinding.Payload,
        _ entity: Entity?,
        _ field: FieldDefinition
    ) -> ExpectedContent {
        if let entity { return .object(identifiedBy: [entity.key], declaring: []) }
        switch payload {
        case .object: return content(of: field.type)
        case .fields(let names):
            let shown = names.first.flatMap { schema.namedType(of: field.type).fields[$0] }
            return shown.map { content(of: $0.type) } ?? .object(identifiedBy: [], declaring: [])
        }
    }

    private mutating func body(
        _ arguments: DirectiveArguments,
        _ field: FieldDefinition,
        subject: String
    ) -> WriteBinding.Body? {
        let name = arguments.string("body") ?? ""
        guard let argument = field.arguments[name] else {
            if arguments.names.contains("body") {
                report("The body of \(subject) is to be its argument \"\(name)\", which it has not.", arguments.range)
            }
            return nil
        }
        checkMerging(in: schema.namedType(of: argument.type))
        return WriteBinding.Body(
            argument: argument.name,
            encoding: InputEncoding(argument.type, schema: schema)
        )
    }

    /// Reports input fields that set the same member upstream and cannot be merged.
    private mutating func checkMerging(in root: NamedType) {
        guard root.kind == .inputObject, markChecked(root.id) else { return }
        var first: [String: InputValueDefinition] = [:]
        for field in root.inputFields {
            let inner = schema.namedType(of: field.type)
            checkMerging(in: inner)
            let holdsMembers = field.type.listItem == nil && holdsMembers(inner)
            if let own = DirectiveArguments(.parent, in: field.directives) {
                if !holdsMembers {
                    report(
                        "@self of \"\(root.name).\(field.name)\" needs an input object or a scalar of any JSON.",
                        own.range
                    )
                }
                continue
            }
            guard let other = first[field.upstreamName] else {
                first[field.upstreamName] = field
                continue
            }
            let otherHolds = other.type.listItem == nil && self.holdsMembers(schema.namedType(of: other.type))
            if !holdsMembers || !otherHolds, let node = field.node {
                let names = "\"\(root.name).\(other.name)\" and \"\(root.name).\(field.name)\""
                report(
                    "\(names) are both \"\(field.upstreamName)\" upstream, and are no objects to be merged.",
                    node.range
                )
            }
        }
    }

    private func holdsMembers(_ type: NamedType) -> Bool {
        type.kind == .inputObject || type.kind == .scalar && SpecifiedScalar(rawValue: type.name) == nil
    }

    /// The entity types with a field that refers to an entity of this type.
    func types(referringTo entity: Entity) -> [TypeID] {
        schema.types.filter { type in
            type.id != entity.type && entities[type.id] != nil
                && type.fields.contains { field in
                    DirectiveArguments(.reference, in: field.directives) != nil
                        && schema.namedType(of: field.type).id == entity.type
                }
        }.map(\.id)
    }
}

extension CallTemplate {
    /// The argument that names the written object by its key; nil: the object is new.
    ///
    /// A POST creates an object, unless its path is below that of an object: then it changes that object.
    fileprivate func argument(forKeyOf entity: Entity, _ method: WriteMethod) -> String? {
        guard template.variables.contains(entity.keyName),
            method != .post || template.text.hasPrefix("\(entity.template.text)/")
        else { return nil }
        return argument(for: entity.keyName)
    }
}
