internal import GraphQL
internal import JSON

/// Reads the bindings from the directives of a schema, and collects the errors in them.
struct BindingReader {
    let schema: Schema
    private(set) var conventions = UpstreamConventions()
    private(set) var bindings: [Binding] = []
    private(set) var sources: [BindingTable.FieldKey: FieldSource] = [:]
    private(set) var entities: [TypeID: Entity] = [:]
    /// The changes that the events of webhooks report.
    var events = EventTable()
    /// The declarations of collections that are polled for changes, by the type of their objects.
    var polls: [TypeID: PollConventions] = [:]
    private(set) var errors: [GraphQLError] = []
    /// The list fields by path.
    private(set) var families = ListFamilies(UpstreamConventions())
    private var defaultPolicy = CachePolicy.none
    /// The input types that have been checked.
    private var checkedInputs: Set<TypeID> = []

    init(schema: Schema) {
        self.schema = schema
    }

    mutating func read() {
        var values = DirectiveValueCheck()
        values.check(schema)
        for mistake in values.mistakes { report(mistake.message, mistake.range) }
        let applied = schema.definitions.flatMap(\.directives)
        if let arguments = DirectiveArguments(.upstream, in: applied) {
            conventions = UpstreamConventions(arguments)
            if ["maxPerPage", "defaultPerPage"].contains(where: { arguments.integer($0) ?? 1 < 1 }) {
                report("`maxPerPage` and `defaultPerPage` of @upstream are at least 1.", arguments.range)
            }
            if (conventions.pageParameter == nil) != (conventions.perPageParameter == nil) {
                report("@upstream needs both `page` and `perPage`, or neither.", arguments.range)
            }
        }
        defaultPolicy = CachePolicy(in: applied) ?? .none
        readWebhook(applied)
        let types = schema.types.filter { $0.kind == .object && !$0.name.hasPrefix("__") }
        families = ListFamilies(conventions)
        for field in types.flatMap(\.fields) { families.add(field) }
        for type in types { readEntity(type) }
        for type in types {
            for field in type.fields { read(DeclaredField(definition: field, parent: type)) }
        }
        bindEmbedded(in: types)
        checkInterfaces()
        for type in types {
            readEvents(type)
            readPoll(type)
        }
        // A field whose directive is wrong has no binding, for a reason that is reported already.
        if errors.isEmpty {
            checkRoots()
            checkConnections()
            checkGatewayObjects()
            checkPayloads()
        }
    }

    private mutating func readEntity(_ type: NamedType) {
        guard let arguments = DirectiveArguments(.entity, in: type.directives) else { return }
        let key = arguments.string("key") ?? ""
        guard let template = template(arguments.string("get") ?? "", at: arguments.range) else { return }
        guard template.variables == [key] else {
            let message = "@entity of type \"\(type.name)\" needs a template whose only variable is {\(key)}."
            report(message, arguments.range)
            return
        }
        if let list = arguments.string("list"), !list.hasPrefix("/") || list.hasPrefix("//") || list.contains("{") {
            report(
                "`list` of @entity of type \"\(type.name)\" is a path without variables, which begins with one slash.",
                arguments.range
            )
            return
        }
        entities[type.id] = Entity(
            type: type.id,
            name: type.name,
            template: template,
            list: arguments.string("list").map { families.canonicalPath($0) },
            key: JSONKey(key),
            keyName: key,
            deletedAt: arguments.string("deletedAt").map { JSONKey($0) },
            members: shownMembers(of: type),
            holders: holders(of: type)
        )
    }

    private mutating func read(_ field: DeclaredField) {
        let found = BindingDirective.allCases.compactMap { directive in
            directive.source.flatMap { source in field.arguments(of: directive).map { (source, $0) } }
        }
        guard let (source, arguments) = found.first else { return }
        if found.count > 1 {
            let message = "The \(field.subject) has two directives that say where its value comes from; use only one."
            report(message, found[1].1.range)
        }
        source.read(arguments, of: field, &self)
    }

    /// Binds a field.
    mutating func bind(_ kind: some BindingKind, to field: DeclaredField) {
        sources[field.key] = .bound(BindingID(index: bindings.count))
        bindings.append(
            Binding(
                kind: kind,
                policy: policy(of: kind, field.definition),
                workspaceArgument: kind.workspaceArgument(of: field.definition, conventions)
            )
        )
    }

    /// Sets the source of a field's value.
    mutating func setSource(_ source: FieldSource, of key: BindingTable.FieldKey) { sources[key] = source }

    /// Marks an input type as checked; returns false if it was before.
    mutating func markChecked(_ type: TypeID) -> Bool { checkedInputs.insert(type).inserted }

    /// The field's own policy, or else that of the type that is fetched, or else the schema's.
    private func policy(of kind: some BindingKind, _ field: FieldDefinition) -> CachePolicy {
        var policy = declaredPolicy(of: kind, field)
        let type = schema.namedType(of: field.type)
        let shown = ConnectionShape.rowType(of: type, in: schema) ?? type
        let isReported = DirectiveArguments(.changedBy, in: shown.directives) != nil
        if isReported, DirectiveArguments(.polled, in: shown.directives) != nil, policy.isCacheable {
            policy.reportedMaxAge = events.conventions?.maxAge ?? .zero
        }
        return policy
    }

    private func declaredPolicy(of kind: some BindingKind, _ field: FieldDefinition) -> CachePolicy {
        if let own = CachePolicy(in: field.directives) { return own }
        if let entity = kind.writtenEntity {
            return CachePolicy(in: schema[entity.type].directives) ?? defaultPolicy
        }
        let type = schema.namedType(of: field.type)
        let rowType = ConnectionShape.rowType(of: type, in: schema) ?? type
        return CachePolicy(in: rowType.directives) ?? defaultPolicy
    }

    /// Whether a type is that of a root value, which has no members.
    func isRoot(_ type: TypeID) -> Bool {
        [schema.queryType, schema.mutationType, schema.subscriptionType].contains(type)
    }

    /// Parses a template; reports an error and returns nil if it is not valid.
    mutating func template(_ text: String, at range: SourceRange) -> URITemplate? {
        // The expression of a path segment adds its slash, and that of a query needs none.
        let isPath = text.isEmpty || ["/", "{/", "{?", "{&"].contains { text.hasPrefix($0) }
        guard isPath, !text.hasPrefix("//") else {
            report("The template \"\(text)\" is no path of the upstream: a path begins with one slash.", range)
            return nil
        }
        if text.contains("#") {
            report("The template \"\(text)\" has a fragment, which is no part of a request.", range)
            return nil
        }
        do {
            let template = try URITemplate(text)
            guard !template.hasDotSegment else {
                report(
                    "The template \"\(text)\" has a segment \".\" or \"..\", which leads to another path: "
                        + "use the path to which it leads.",
                    range
                )
                return nil
            }
            return template
        } catch {
            report(error.message, range)
            return nil
        }
    }

    /// Adds an error.
    mutating func report(_ message: String, _ range: SourceRange) {
        errors.append(GraphQLError(message, at: [range], in: schema.source))
    }
}
