package import JSON

/// A valid schema together with where its data comes from: what operations are planned against.
package final class ExecutableSchema: Sendable {
    package let schema: Schema
    package let introspection: IntrospectionDocument
    package let strictness: Strictness

    /// Sources by type and field ordinal; empty for types without fields.
    private let sources: [[FieldSource]]
    private let enums: [TypeID: EnumSpelling]
    private let discriminators: [TypeID: Discriminator]

    /// An enum's values by their spelling in the data.
    package struct EnumSpelling: Sendable {
        /// The value's ordinal in the enum, by spelling.
        package let ordinals: [String: Int]
        /// Whether every value is spelt as the schema names it, so that raw bytes can be copied.
        package let isVerbatim: Bool
    }

    /// How the concrete type of an abstract type's value is told.
    package struct Discriminator: Sendable {
        package let member: JSONKey
        package let types: [String: TypeID]
    }

    /// Resolves all sources and spellings of a schema.
    package init(schema: Schema, binding: some FieldBinding) {
        self.schema = schema
        strictness = binding.strictness
        introspection = IntrospectionDocument(schema)
        var sources: [[FieldSource]] = []
        var enums: [TypeID: EnumSpelling] = [:]
        var discriminators: [TypeID: Discriminator] = [:]
        for type in schema.types {
            let isIntrospective = type.name.hasPrefix("__")
            sources.append(
                type.fields.map { field in
                    isIntrospective
                        ? Self.introspectionSource(of: field) : binding.source(of: field, on: type)
                }
            )
            switch type.kind {
            case .enumeration:
                enums[type.id] = Self.enumSpelling(of: type, binding: isIntrospective ? nil : binding)
            case .interface, .union:
                let possible = schema.possibleTypes(of: type.id).map { (binding.spelling(of: schema[$0]), $0) }
                discriminators[type.id] = Discriminator(
                    member: binding.discriminator(of: type),
                    types: Dictionary(possible, uniquingKeysWith: { first, _ in first })
                )
            case .scalar, .object, .inputObject:
                break
            }
        }
        self.sources = sources
        self.enums = enums
        self.discriminators = discriminators
    }

    private static func introspectionSource(of field: FieldDefinition) -> FieldSource {
        field.arguments["includeDeprecated"] == nil
            ? .member(JSONKey(field.name))
            : .memberByDeprecation(current: JSONKey(field.name), all: JSONKey(field.name + "+"))
    }

    private static func enumSpelling(of type: NamedType, binding: (any FieldBinding)?) -> EnumSpelling {
        let spellings = type.values.map { binding?.spelling(of: $0, in: type) ?? $0.name }
        return EnumSpelling(
            ordinals: Dictionary(
                spellings.enumerated().map { ($0.element, $0.offset) },
                uniquingKeysWith: { first, _ in first }
            ),
            isVerbatim: spellings == type.values.names
        )
    }

    /// Where a field's value comes from, the introspection fields included.
    package func source(of field: FieldDefinition, on type: NamedType) -> FieldSource {
        if field.name.hasPrefix("__") {
            if field === Introspection.typenameField { return .typename }
            if field === Introspection.schemaField { return .introspectionSchema }
            if field === Introspection.typeField { return .introspectionType }
        }
        guard let ordinal = type.fields.ordinal(of: field.name) else { return .member(JSONKey(field.name)) }
        return sources[Int(type.id.index)][ordinal]
    }

    /// The spelling of an enum's values in the data.
    package func spelling(of enumeration: TypeID) -> EnumSpelling? { enums[enumeration] }

    /// How the concrete type of an abstract type's value is told.
    package func discriminator(of abstract: TypeID) -> Discriminator? { discriminators[abstract] }
}
