internal import GraphQL
internal import JSON

/// Reads bindings from the directives of a schema and collects what is wrong with them.
struct BindingReader {
    let schema: Schema
    private(set) var conventions = UpstreamConventions()
    private(set) var bindings: [Binding] = []
    private(set) var policies: [CachePolicy] = []
    private(set) var workspaceArguments: [String?] = []
    private(set) var sources: [BindingTable.FieldKey: FieldSource] = [:]
    private(set) var entities: [TypeID: Entity] = [:]
    private(set) var errors: [GraphQLError] = []
    private var families = ListFamilies(UpstreamConventions())
    private var defaultPolicy = CachePolicy.none
    /// Input types that were looked at already.
    private var checkedInputs: Set<TypeID> = []

    init(schema: Schema) {
        self.schema = schema
    }

    mutating func read() {
        let applied = schema.definitions.flatMap(\.directives)
        if let arguments = DirectiveArguments(.upstream, in: applied) {
            conventions = UpstreamConventions(arguments)
            if (conventions.pageParameter == nil) != (conventions.perPageParameter == nil) {
                report("@upstream needs both `page` and `perPage`, or neither.", arguments.range)
            }
        }
        defaultPolicy = CachePolicy(in: applied) ?? .none
        let types = schema.types.filter { $0.kind == .object && !$0.name.hasPrefix("__") }
        families = ListFamilies(conventions)
        for field in types.flatMap(\.fields) { readFamily(field) }
        for type in types { readEntity(type) }
        for type in types {
            for field in type.fields { readField(field, of: type) }
        }
        // A field whose directive is wrong has no binding, for a reason that is reported already.
        if errors.isEmpty {
            checkRoots()
            checkConnections()
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
        entities[type.id] = Entity(
            type: type.id,
            name: type.name,
            template: template,
            list: arguments.string("list").map { families.canonicalPath($0) },
            key: JSONKey(key),
            keyName: key,
            deletedAt: arguments.string("deletedAt").map { JSONKey($0) }
        )
    }

    private mutating func readField(_ field: FieldDefinition, of type: NamedType) {
        let subject = "field \"\(type.name).\(field.name)\""
        let found = BindingDirective.valueSources.compactMap { DirectiveArguments($0, in: field.directives)?.range }
        if found.count > 1 {
            report("The \(subject) has two directives that say where its value comes from; use only one.", found[1])
        }
        let key = BindingTable.FieldKey(type: type.id, field: field.name)
        if let arguments = DirectiveArguments(.rest, in: field.directives) {
            readRest(arguments, field, subject: subject, key: key)
        } else if let arguments = DirectiveArguments(.reference, in: field.directives) {
            readReference(arguments, field, subject: subject, key: key)
        } else if DirectiveArguments(.parent, in: field.directives) != nil {
            sources[key] = .parent
        } else if let arguments = DirectiveArguments(.member, in: field.directives) {
            readMember(arguments, field, subject: subject, key: key)
        } else if let arguments = DirectiveArguments(.entries, in: field.directives) {
            readEntries(arguments, field, subject: subject, key: key)
        } else if let arguments = DirectiveArguments(.written, in: field.directives) {
            readWritten(arguments, field, subject: subject, key: key)
        } else if let view = gatewayField(field, of: type, subject: subject) {
            bind(.gateway(view), key, field)
        } else if let name = DirectiveArguments(.json, in: field.directives)?.string("name") {
            sources[key] = .member(JSONKey(name))
        }
    }

    private mutating func readRest(
        _ arguments: DirectiveArguments,
        _ field: FieldDefinition,
        subject: String,
        key: BindingTable.FieldKey
    ) {
        let methods = arguments.names.filter { !["by", "body", "equals"].contains($0) }
        guard methods.count == 1, let method = methods.first else {
            report("@rest of \(subject) needs exactly one method.", arguments.range)
            return
        }
        let text = arguments.string(method) ?? ""
        let isList = method == "list"
        guard let template = template(isList ? families.canonical(text) : text, at: arguments.range) else { return }
        let call = CallTemplate(
            template,
            field: field,
            schema: schema,
            defaults: isList ? families.defaults : [:],
            sort: isList ? sort(of: field) : nil
        )
        let by = arguments.string("by")
        for variable in call.unknownVariables where variable != by {
            report(
                "The template \"\(template.text)\" of \(subject) names \"\(variable)\", which is no argument's upstream name.",
                arguments.range
            )
        }
        let write = WriteMethod.allCases.first { $0.argument == method }
        if isRoot(key.type), !call.parentMembers.isEmpty {
            report(
                "The template \"\(template.text)\" of \(subject) names a parent, which root fields do not have.",
                arguments.range
            )
        }
        let misplaced = write == nil ? ["body"] : ["by", "equals"]
        for name in misplaced where arguments.names.contains(name) {
            report("@rest(\(method):) of \(subject) has no use for `\(name)`.", arguments.range)
        }
        if let write {
            readWrite(write, call, arguments, field, key: key)
        } else if method == "get" {
            readGet(call, field, key: key)
        } else {
            readList(call, by: by, arguments, field, subject: subject, key: key)
        }
    }

    /// The variable that a list is sorted by, and the names of its rows' fields where the upstream spells them otherwise.
    private func sort(of field: FieldDefinition) -> (variable: String, spellings: [String: String])? {
        guard let variable = conventions.sortParameter else { return nil }
        let type = schema.namedType(of: field.type)
        let row = ConnectionShape.rowType(of: type, in: schema) ?? type
        // The upstream's own spelling of one field is never taken for another field's name.
        let upstream = Set(row.fields.map(\.upstreamName))
        let named = row.fields.filter { schema.namedType(of: $0.type).isLeaf && !upstream.contains($0.name) }
        let spellings = named.map { ($0.name, $0.upstreamName) }
        return (variable, Dictionary(spellings) { first, _ in first })
    }

    /// A GET by a path that is an entity's own is a fetch of the entity, which may be had in other ways too.
    private mutating func readGet(_ call: CallTemplate, _ field: FieldDefinition, key: BindingTable.FieldKey) {
        let entity = entities[schema.namedType(of: field.type).id]
        if let entity, entity.template.text == call.template.text, let argument = call.argument(for: entity.keyName) {
            bind(.entity(entity, key: .argument(argument)), key, field)
        } else {
            bind(.get(call, entity: entity, content: content(of: field.type)), key, field)
        }
    }

    private mutating func readList(
        _ call: CallTemplate,
        by variable: String?,
        _ arguments: DirectiveArguments,
        _ field: FieldDefinition,
        subject: String,
        key: BindingTable.FieldKey
    ) {
        let range = arguments.range
        let type = schema.namedType(of: field.type)
        let connection = ConnectionShape(type, in: schema)
        guard connection != nil || field.type.listItem != nil else {
            let found = schema.text(of: field.type)
            report("@rest(list:) of \(subject) needs a list or a connection type, not \"\(found)\".", range)
            return
        }
        checkEqualities(arguments, call, field, subject: subject)
        var ownership: CollectionBinding.Ownership?
        if let variable {
            guard let parent = entities[key.type], call.template.variables.contains(variable) else {
                report(
                    "`by` of \(subject) needs a parent type with @entity and a variable {\(variable)} in the template.",
                    range
                )
                return
            }
            ownership = CollectionBinding.Ownership(
                variable: variable,
                member: JSONKey(variable),
                parentKey: parent.key,
                parent: parent
            )
        }
        let rowType = ConnectionShape.rowType(of: type, in: schema) ?? type
        let collection = CollectionBinding(
            template: call,
            entity: entities[rowType.id],
            connection: connection,
            by: ownership,
            parameters: families.parameters(of: call.template.text)
        )
        bind(.list(collection), key, field)
    }

    /// Notes what a field says of its list for all fields of the same path.
    private mutating func readFamily(_ field: FieldDefinition) {
        guard let arguments = DirectiveArguments(.rest, in: field.directives), let list = arguments.string("list")
        else { return }
        families.add(list, owner: arguments.string("by"), equalities: arguments.strings("equals"))
    }

    /// Reports equality filters that the template does not have, or that take more than one value.
    private mutating func checkEqualities(
        _ arguments: DirectiveArguments,
        _ call: CallTemplate,
        _ field: FieldDefinition,
        subject: String
    ) {
        for text in arguments.strings("equals") {
            let variable = ListFamilies.equality(text).parameter
            let argument = call.argument(for: variable).flatMap { field.arguments[$0] }
            if !call.template.variables.contains(variable) {
                report(
                    "`equals` of \(subject) names \"\(variable)\", which is no variable of its template.",
                    arguments.range
                )
            } else if argument?.type.listItem != nil {
                report("`equals` of \(subject) names \"\(variable)\", which takes a list of values.", arguments.range)
            }
        }
    }

    private mutating func gatewayField(
        _ field: FieldDefinition,
        of type: NamedType,
        subject: String
    ) -> Binding.GatewayField? {
        if let arguments = DirectiveArguments(.workspace, in: field.directives) {
            switch arguments.string("view") ?? "SELF" {
            case "SELF": return .workspace
            case "ALL": return .workspaces
            case "BY_SLUG": return .workspaceBySlug
            default:
                report("@workspace of \(subject) has a view that is none of SELF, ALL and BY_SLUG.", arguments.range)
            }
        }
        if DirectiveArguments(.quota, in: field.directives) != nil { return .quota }
        if let arguments = DirectiveArguments(.globalID, in: field.directives) {
            if let argument = field.arguments.first { return .nodes(argument: argument.name) }
            if let entity = entities[type.id] { return .globalID(entity) }
            report("@globalID of \(subject) needs an argument, or a parent type with @entity.", arguments.range)
        }
        return nil
    }

    private mutating func readReference(
        _ arguments: DirectiveArguments,
        _ field: FieldDefinition,
        subject: String,
        key: BindingTable.FieldKey
    ) {
        let type = schema.namedType(of: field.type)
        guard let entity = entities[type.id] else {
            report(
                "@reference of \(subject) needs a type with @entity, which \"\(type.name)\" is not.",
                arguments.range
            )
            return
        }
        if isRoot(key.type) {
            report(
                "@reference of \(subject) names a member of a parent, which root fields do not have.",
                arguments.range
            )
        }
        bind(.entity(entity, key: .member(JSONKey(arguments.string("key") ?? ""))), key, field)
    }

    private mutating func readMember(
        _ arguments: DirectiveArguments,
        _ field: FieldDefinition,
        subject: String,
        key: BindingTable.FieldKey
    ) {
        let name = arguments.string("namedBy") ?? ""
        guard let argument = field.arguments[name], argument.type.isNonNull else {
            report(
                "@member of \(subject) needs a non-null argument \"\(name)\" that names the member.",
                arguments.range
            )
            return
        }
        sources[key] = .memberNamed(argument: name)
    }

    private mutating func readEntries(
        _ arguments: DirectiveArguments,
        _ field: FieldDefinition,
        subject: String,
        key: BindingTable.FieldKey
    ) {
        let type = schema.namedType(of: field.type)
        guard field.type.listItem != nil, let name = type.fields["key"], let value = type.fields["value"] else {
            let message = "@entries of \(subject) needs a list of a type with the fields \"key\" and \"value\"."
            report(message, arguments.range)
            return
        }
        bind(.entries(key: name.upstreamName, value: value.upstreamName), key, field)
    }

    /// Binds a field.
    mutating func bind(_ binding: Binding, _ key: BindingTable.FieldKey, _ field: FieldDefinition) {
        sources[key] = .bound(BindingID(index: bindings.count))
        bindings.append(binding)
        policies.append(policy(of: binding, field))
        workspaceArguments.append(workspaceArgument(of: binding, field))
    }

    /// The argument that chooses workspaces: one that the schema names so, unless it is part of a call's path; of a view of
    /// workspaces its only one.
    private func workspaceArgument(of binding: Binding, _ field: FieldDefinition) -> String? {
        let variables: [String]
        switch binding {
        case .gateway(.workspaces), .gateway(.workspaceBySlug): return field.arguments.first?.name
        case .gateway, .entries: return nil
        case .get(let call, _, _): variables = call.template.variables
        case .list(let collection): variables = collection.template.template.variables
        case .write(let write): variables = write.template.template.variables
        case .entity(let entity, _): variables = entity.template.variables
        }
        return field.arguments.first {
            conventions.workspaceArguments.contains($0.name) && !variables.contains($0.upstreamName)
        }?.name
    }

    /// Says where a field's value comes from.
    mutating func setSource(_ source: FieldSource, of key: BindingTable.FieldKey) { sources[key] = source }

    /// Notes that an input type is looked at; false if it was before.
    mutating func markChecked(_ type: TypeID) -> Bool { checkedInputs.insert(type).inserted }

    /// The field's own policy, else that of the type that is fetched, else the schema's.
    private func policy(of binding: Binding, _ field: FieldDefinition) -> CachePolicy {
        if let own = CachePolicy(in: field.directives) { return own }
        if case .write(let write) = binding, let entity = write.entity {
            return CachePolicy(in: schema[entity.type].directives) ?? defaultPolicy
        }
        let type = schema.namedType(of: field.type)
        let rowType = ConnectionShape.rowType(of: type, in: schema) ?? type
        return CachePolicy(in: rowType.directives) ?? defaultPolicy
    }

    /// Whether a type is that of the root value, which has no members.
    private func isRoot(_ type: TypeID) -> Bool {
        [schema.queryType, schema.mutationType, schema.subscriptionType].contains(type)
    }

    private mutating func template(_ text: String, at range: SourceRange) -> URITemplate? {
        do {
            return try URITemplate(text)
        } catch {
            report(error.message, range)
            return nil
        }
    }

    /// Notes something that is wrong.
    mutating func report(_ message: String, _ range: SourceRange) {
        errors.append(GraphQLError(message, at: [range], in: schema.source))
    }
}

extension CachePolicy {
    /// Reads `@cacheControl` among applied directives; nil if it is not there.
    init?(in directives: [DirectiveNode]) {
        guard let arguments = DirectiveArguments(.cacheControl, in: directives) else { return nil }
        self.init()
        maxAge = .seconds(max(0, arguments.integer("maxAge") ?? 0))
        staleWhileRevalidate = .seconds(max(0, arguments.integer("staleWhileRevalidate") ?? 0))
        staleIfError = .seconds(max(0, arguments.integer("staleIfError") ?? 0))
        isShared = arguments.string("scope") == "WORKSPACE"
    }
}
