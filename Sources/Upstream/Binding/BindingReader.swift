import GraphQL
import JSON

/// Reads bindings from the directives of a schema and collects what is wrong with them.
struct BindingReader {
    let schema: Schema
    private(set) var conventions = UpstreamConventions()
    private(set) var bindings: [Binding] = []
    private(set) var sources: [BindingTable.FieldKey: FieldSource] = [:]
    private(set) var entities: [TypeID: Entity] = [:]
    private(set) var errors: [GraphQLError] = []

    init(schema: Schema) {
        self.schema = schema
    }

    mutating func read() {
        let applied = schema.definitions.flatMap(\.directives)
        if let arguments = DirectiveArguments("upstream", in: applied) { conventions = UpstreamConventions(arguments) }
        let types = schema.types.filter { $0.kind == .object && !$0.name.hasPrefix("__") }
        for type in types { readEntity(type) }
        for type in types {
            for field in type.fields { readField(field, of: type) }
        }
    }

    private mutating func readEntity(_ type: NamedType) {
        guard let arguments = DirectiveArguments("entity", in: type.directives) else { return }
        let key = arguments.string("key") ?? "id"
        guard let template = template(arguments.string("get") ?? "", at: arguments.range) else { return }
        guard template.variables == [key] else {
            report("@entity of type \"\(type.name)\" needs a template whose only variable is {\(key)}.", arguments.range)
            return
        }
        entities[type.id] = Entity(
            type: type.id,
            template: template,
            key: JSONKey(key),
            keyName: key,
            deletedAt: arguments.string("deletedAt").map { JSONKey($0) }
        )
    }

    private mutating func readField(_ field: FieldDefinition, of type: NamedType) {
        let place = "field \"\(type.name).\(field.name)\""
        let found = ["rest", "reference", "self", "member", "entries", "json"].compactMap {
            DirectiveArguments($0, in: field.directives).map { ($0.range) }
        }
        if found.count > 1 {
            report("The \(place) has two directives that say where its value comes from; keep one.", found[1])
        }
        let key = BindingTable.FieldKey(type: type.id, field: field.name)
        if let arguments = DirectiveArguments("rest", in: field.directives) {
            readRest(arguments, field, place: place, key: key)
        } else if let arguments = DirectiveArguments("reference", in: field.directives) {
            readReference(arguments, field, place: place, key: key)
        } else if DirectiveArguments("self", in: field.directives) != nil {
            sources[key] = .parent
        } else if let arguments = DirectiveArguments("member", in: field.directives) {
            readMember(arguments, field, place: place, key: key)
        } else if let arguments = DirectiveArguments("entries", in: field.directives) {
            readEntries(arguments, field, place: place, key: key)
        } else if let name = DirectiveArguments("json", in: field.directives)?.string("name") {
            sources[key] = .member(JSONKey(name))
        }
    }

    private mutating func readRest(
        _ arguments: DirectiveArguments,
        _ field: FieldDefinition,
        place: String,
        key: BindingTable.FieldKey
    ) {
        let methods = arguments.names
        guard methods.count == 1, let method = methods.first else {
            report("@rest of \(place) needs exactly one method.", arguments.range)
            return
        }
        guard let template = template(arguments.string(method) ?? "", at: arguments.range) else { return }
        let call = CallTemplate(template, field: field, schema: schema)
        for variable in call.unknownVariables {
            report(
                "The template \"\(template.text)\" of \(place) names \"\(variable)\", which is no argument's upstream name.",
                arguments.range
            )
        }
        if method == "get" {
            bind(.get(call), key)
            return
        }
        let type = schema.namedType(of: field.type)
        let connection = ConnectionShape(type)
        guard connection != nil || field.type.listItem != nil else {
            let found = schema.text(of: field.type)
            report("@rest(list:) of \(place) needs a list or a connection type, not \"\(found)\".", arguments.range)
            return
        }
        let rowType = connection.flatMap { $0.rowType(of: type, in: schema) } ?? type
        bind(.list(Collection(template: call, entity: entities[rowType.id], connection: connection)), key)
    }

    private mutating func readReference(
        _ arguments: DirectiveArguments,
        _ field: FieldDefinition,
        place: String,
        key: BindingTable.FieldKey
    ) {
        let type = schema.namedType(of: field.type)
        guard let entity = entities[type.id] else {
            report("@reference of \(place) needs a type with @entity, which \"\(type.name)\" is not.", arguments.range)
            return
        }
        bind(.reference(key: JSONKey(arguments.string("key") ?? ""), entity: entity), key)
    }

    private mutating func readMember(
        _ arguments: DirectiveArguments,
        _ field: FieldDefinition,
        place: String,
        key: BindingTable.FieldKey
    ) {
        let name = arguments.string("namedBy") ?? ""
        guard let argument = field.arguments[name], argument.type.isNonNull else {
            report("@member of \(place) needs a non-null argument \"\(name)\" that names the member.", arguments.range)
            return
        }
        sources[key] = .memberNamed(argument: name)
    }

    private mutating func readEntries(
        _ arguments: DirectiveArguments,
        _ field: FieldDefinition,
        place: String,
        key: BindingTable.FieldKey
    ) {
        let type = schema.namedType(of: field.type)
        guard field.type.listItem != nil, type.fields["key"] != nil, type.fields["value"] != nil else {
            report("@entries of \(place) needs a list of a type with the fields \"key\" and \"value\".", arguments.range)
            return
        }
        bind(.entries(key: "key", value: "value"), key)
    }

    private mutating func bind(_ binding: Binding, _ key: BindingTable.FieldKey) {
        sources[key] = .bound(BindingID(index: bindings.count))
        bindings.append(binding)
    }

    private mutating func template(_ text: String, at range: SourceRange) -> URITemplate? {
        do {
            return try URITemplate(text)
        } catch {
            report(error.message, range)
            return nil
        }
    }

    private mutating func report(_ message: String, _ range: SourceRange) {
        errors.append(GraphQLError(message, at: [range], in: schema.source))
    }
}
