internal import JSON

/// Writes the objects of an introspection document.
struct IntrospectionWriter: ~Copyable {
    let schema: Schema
    private var builder = JSONDocumentBuilder()
    /// The node of every type that has been written, including wrapper types.
    private var nodes: [TypeReference: Int] = [:]
    /// Links whose target is set at the end.
    private var links: [(node: Int, type: TypeReference)] = []
    /// The wrapper types that are referred to, in order; written after all named types.
    private var wrappers: [TypeReference] = []
    private var knownWrappers: Set<TypeReference> = []

    init(schema: Schema) {
        self.schema = schema
    }

    /// The node of a named type, after all has been written.
    func node(of type: TypeID) -> Int? { nodes[.named(type)] }

    /// The finished document.
    consuming func finish() -> JSONDocument { builder.finish() }

    /// Writes the whole document, and returns the node of the schema's object.
    mutating func writeAll() -> Int {
        builder.beginArray()
        let schemaNode = builder.beginObject()
        writeSchemaMembers()
        builder.endObject()
        for id in schema.visibleTypes {
            nodes[.named(id)] = builder.beginObject()
            writeMembers(of: schema[id])
            builder.endObject()
        }
        // Writing a wrapper type may add the wrapper inside of it.
        var next = 0
        while next < wrappers.count {
            nodes[wrappers[next]] = builder.beginObject()
            writeMembers(ofWrapper: wrappers[next])
            builder.endObject()
            next += 1
        }
        builder.endArray()
        for link in links {
            if let target = nodes[link.type] { builder.patchLink(link.node, to: target) }
        }
        return schemaNode
    }

    private mutating func writeSchemaMembers() {
        write("description", string: schema.description)
        write("types", list: schema.visibleTypes.map { .named($0) })
        write("queryType", reference: schema.queryType.map { .named($0) })
        write("mutationType", reference: schema.mutationType.map { .named($0) })
        write("subscriptionType", reference: schema.subscriptionType.map { .named($0) })
        write("directives", list: Array(schema.directives)) { $0.write($1) }
    }

    private mutating func writeMembers(of type: NamedType) {
        let hasFields = type.kind == .object || type.kind == .interface
        write("kind", string: type.kind.introspectionName)
        write("name", string: type.name)
        write("description", string: type.description)
        write("specifiedByURL", string: type.specifiedByURL)
        write("fields", deprecatable: hasFields ? Array(type.fields) : nil) { $0.write($1) }
        write("interfaces", list: hasFields ? type.interfaces.map { .named($0) } : nil)
        write("possibleTypes", list: type.isAbstract ? schema.possibleTypes(of: type.id).map { .named($0) } : nil)
        write("enumValues", deprecatable: type.kind == .enumeration ? Array(type.values) : nil) { $0.write($1) }
        write("inputFields", deprecatable: type.kind == .inputObject ? Array(type.inputFields) : nil) { $0.write($1) }
        write("ofType", reference: nil)
        write("isOneOf", bool: type.kind == .inputObject ? type.isOneOf : nil)
    }

    private mutating func writeMembers(ofWrapper wrapper: TypeReference) {
        let none: [TypeReference]? = nil
        write("kind", string: wrapper.isNonNull ? "NON_NULL" : "LIST")
        for name in ["name", "description", "specifiedByURL"] { write(name, string: nil) }
        for name in ["fields", "fields+", "interfaces", "possibleTypes"] { write(name, list: none) }
        for name in ["enumValues", "enumValues+", "inputFields", "inputFields+"] { write(name, list: none) }
        write("ofType", reference: wrapper.wrapped)
        write("isOneOf", bool: nil)
    }

    private mutating func write(_ field: FieldDefinition) {
        write("name", string: field.name)
        write("description", string: field.description)
        write("args", deprecatable: Array(field.arguments)) { $0.write($1) }
        write("type", reference: field.type)
        writeDeprecation(field.deprecationReason)
    }

    private mutating func write(_ value: InputValueDefinition) {
        write("name", string: value.name)
        write("description", string: value.description)
        write("type", reference: value.type)
        write("defaultValue", string: schema.defaultLiteral(of: value)?.text)
        writeDeprecation(value.deprecationReason)
    }

    private mutating func write(_ value: EnumValueDefinition) {
        write("name", string: value.name)
        write("description", string: value.description)
        writeDeprecation(value.deprecationReason)
    }

    private mutating func write(_ directive: DirectiveDefinition) {
        write("name", string: directive.name)
        write("description", string: directive.description)
        write("isRepeatable", bool: directive.isRepeatable)
        builder.key("locations")
        builder.beginArray()
        for location in directive.locations { builder.string(location.rawValue) }
        builder.endArray()
        write("args", deprecatable: Array(directive.arguments)) { $0.write($1) }
    }

    private mutating func writeDeprecation(_ reason: String?) {
        write("isDeprecated", bool: reason != nil)
        write("deprecationReason", string: reason)
    }
}

// MARK: - Members

extension IntrospectionWriter {
    private mutating func write(_ name: String, string: String?) {
        builder.key(name)
        if let string { builder.string(string) } else { builder.null() }
    }

    private mutating func write(_ name: String, bool: Bool?) {
        builder.key(name)
        if let bool { builder.bool(bool) } else { builder.null() }
    }

    private mutating func write(_ name: String, reference type: TypeReference?) {
        builder.key(name)
        if let type { link(to: type) } else { builder.null() }
    }

    private mutating func write(_ name: String, list types: [TypeReference]?) {
        builder.key(name)
        guard let types else { return builder.writeNull() }
        builder.beginArray()
        for type in types { link(to: type) }
        builder.endArray()
    }

    private mutating func link(to type: TypeReference) {
        links.append((builder.link(), type))
        if type.wrapped != nil, knownWrappers.insert(type).inserted { wrappers.append(type) }
    }

    /// Writes a list twice: without deprecated definitions, and all of it.
    private mutating func write<Definition: DeprecatableDefinition>(
        _ name: String,
        deprecatable definitions: [Definition]?,
        _ write: (inout IntrospectionWriter, Definition) -> Void
    ) {
        self.write(name, list: definitions?.filter { $0.deprecationReason == nil }, write)
        self.write(name + "+", list: definitions, write)
    }

    private mutating func write<Definition>(
        _ name: String,
        list definitions: [Definition]?,
        _ write: (inout IntrospectionWriter, Definition) -> Void
    ) {
        builder.key(name)
        guard let definitions else { return builder.writeNull() }
        builder.beginArray()
        for definition in definitions {
            builder.beginObject()
            write(&self, definition)
            builder.endObject()
        }
        builder.endArray()
    }
}

/// A definition that may be deprecated.
///
/// https://spec.graphql.org/September2025/#sec-Deprecation
private protocol DeprecatableDefinition {
    var deprecationReason: String? { get }
}

extension FieldDefinition: DeprecatableDefinition {}
extension InputValueDefinition: DeprecatableDefinition {}
extension EnumValueDefinition: DeprecatableDefinition {}

extension TypeReference {
    /// The type inside the outermost wrapper; nil: it is a named type.
    fileprivate var wrapped: TypeReference? {
        switch self {
        case .named: nil
        case .list(let item), .nonNull(let item): item
        }
    }
}

extension JSONDocumentBuilder {
    fileprivate mutating func writeNull() { _ = null() }
}
