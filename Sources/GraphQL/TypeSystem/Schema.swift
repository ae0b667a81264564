/// A type system.
///
/// https://spec.graphql.org/September2025/#sec-Type-System
///
/// Immutable. Built from SDL by `SchemaBuilder`, which may leave it invalid: see `validateSchema`.
package final class Schema: Sendable {
    /// All named types, including those of introspection, indexed by `TypeID`; the built-in ones come first.
    ///
    /// Some of them may be no part of the schema: see `visibleTypes`.
    package let types: [NamedType]
    /// The types that the schema consists of, in the order in which graphql-js lists them.
    ///
    /// Built-in scalars and the types of a prelude are among them only if something refers to them.
    package let visibleTypes: [TypeID]
    package let directives: DefinitionMap<DirectiveDefinition>
    /// Directives that the schema's own document may apply, but that clients neither see nor use.
    package let preludeDirectives: DefinitionMap<DirectiveDefinition>
    package let description: String?
    package let queryType: TypeID?
    package let mutationType: TypeID?
    package let subscriptionType: TypeID?
    /// The schema definition and its extensions, if there are any.
    package let definitions: [SchemaDefinitionNode]
    /// The text that locations of definitions refer to.
    package let source: Source

    /// The names of the visible types.
    private let names: NameTable
    /// The types with these names.
    private let namedTypes: [NamedType]
    private let possibleTypeIDs: [[TypeID]]
    private let implementations: [[TypeID]]

    /// The content of a schema, as its builder collects it.
    package struct Content: Sendable {
        package var types: [NamedType] = BuiltInTypes.all
        /// The types that the schema's document defines, in order.
        package var documentTypes: [TypeID] = []
        package var preludeDirectives: [DirectiveDefinition] = []
        package var directives: [DirectiveDefinition] = []
        package var description: String?
        package var queryType: TypeID?
        package var mutationType: TypeID?
        package var subscriptionType: TypeID?
        package var definitions: [SchemaDefinitionNode] = []
        package var source: Source = Source("")

        package init() {}
    }

    package init(_ content: Content) {
        types = content.types
        directives = DefinitionMap(content.directives)
        preludeDirectives = DefinitionMap(content.preludeDirectives)
        visibleTypes = content.visibleTypes
        description = content.description
        queryType = content.queryType
        mutationType = content.mutationType
        subscriptionType = content.subscriptionType
        definitions = content.definitions
        source = content.source
        var names = NameTable(minimumCapacity: visibleTypes.count)
        namedTypes = visibleTypes.map { [types] in types[Int($0.index)] }.filter { names.insert($0.name) }
        self.names = names
        var implementations: [[TypeID]] = Array(repeating: [], count: types.count)
        for type in types where type.kind == .object || type.kind == .interface {
            for interface in type.interfaces where implementations[Int(interface.index)].last != type.id {
                implementations[Int(interface.index)].append(type.id)
            }
        }
        self.implementations = implementations
        possibleTypeIDs = types.map { [types] type in
            switch type.kind {
            case .object: [type.id]
            case .interface:
                implementations[Int(type.id.index)].filter { types[Int($0.index)].kind == .object }
            case .union: type.memberTypes
            case .scalar, .enumeration, .inputObject: []
            }
        }
    }

    /// The type of that identity.
    package subscript(id: TypeID) -> NamedType { types[Int(id.index)] }

    /// The visible type with a name.
    package subscript(name: String) -> NamedType? {
        guard let ordinal = names.ordinal(of: name) else { return nil }
        return namedTypes[ordinal]
    }

    /// The named type inside all wrappers of a reference.
    package func namedType(of reference: TypeReference) -> NamedType { self[reference.namedType] }

    /// The root type of a kind of operation.
    ///
    /// https://spec.graphql.org/September2025/#sec-Root-Operation-Types
    package func rootType(of operation: OperationType) -> NamedType? {
        let id =
            switch operation {
            case .query: queryType
            case .mutation: mutationType
            case .subscription: subscriptionType
            }
        return id.map { self[$0] }
    }

    /// The object types that a value of the type can have.
    ///
    /// https://spec.graphql.org/September2025/#GetPossibleTypes()
    package func possibleTypes(of id: TypeID) -> [TypeID] { possibleTypeIDs[Int(id.index)] }

    /// The object and interface types that declare an interface, in order of definition.
    package func implementations(of interface: TypeID) -> [TypeID] { implementations[Int(interface.index)] }

    /// Whether an object or interface type belongs to an abstract type (graphql-js `isSubType`).
    package func isSubtype(_ type: TypeID, of abstract: TypeID) -> Bool {
        switch self[abstract].kind {
        case .interface: self[type].interfaces.contains(abstract)
        case .union: self[abstract].memberTypes.contains(type)
        case .object, .scalar, .enumeration, .inputObject: false
        }
    }

    /// A type reference in SDL, such as `[Name!]`.
    package func text(of reference: TypeReference) -> String {
        switch reference {
        case .named(let id): self[id].name
        case .list(let item): "[\(text(of: item))]"
        case .nonNull(let item): "\(text(of: item))!"
        }
    }

    /// The field with a name that can be selected on a composite type.
    ///
    /// `__typename` and the query type's `__schema` and `__type` included:
    /// https://spec.graphql.org/September2025/#sec-Schema-Introspection
    package func field(named name: String, on type: NamedType) -> FieldDefinition? {
        if name.utf8.first == UInt8(ascii: "_") {
            if name == Introspection.typenameField.name, type.isComposite { return Introspection.typenameField }
            if type.id == queryType, let field = introspectionField(named: name) { return field }
        }
        return type.fields[name]
    }

    private func introspectionField(named name: String) -> FieldDefinition? {
        switch name {
        case "__schema": Introspection.schemaField
        case "__type": Introspection.typeField
        default: nil
        }
    }
}
