package import JSON
private import Synchronization

/// A valid schema with the bindings of its fields, against which operations are planned.
package final class ExecutableSchema: Sendable {
    package let schema: Schema
    /// The treatment of data that does not match the schema.
    package let strictness: Strictness

    let binding: any FieldBinding
    /// The prototypes of fields, by type.
    let prototypes: [LazyFieldPrototypes]
    /// The prototypes of the introspection fields.
    let metaPrototypes = LazyFieldPrototypes()
    private let preparedIntrospection = AtomicLazyReference<IntrospectionDocument>()
    private let enums: [TypeID: EnumSpelling]
    private let discriminators: [TypeID: Discriminator]
    /// The scalar fields that return objects in which enum values get their schema names.
    let plainForms: PlainForms

    /// An enum's values by their spelling in the data.
    package struct EnumSpelling: Sendable {
        /// The value's ordinal in the enum, by spelling.
        package let ordinals: [ExactString: Int]
        /// Whether every value is spelled in the data as in the schema, so that raw bytes can be copied.
        package let isVerbatim: Bool
    }

    /// The member of a value that states its concrete type.
    package struct Discriminator: Sendable {
        /// The key of the member.
        package let member: JSONKey
        /// The possible types by their spelling in the data, which is compared byte by byte.
        package let types: [ExactString: TypeID]
        /// The spellings in the order of the types.
        package let spellings: [String]
    }

    /// Resolves all sources and spellings of a schema.
    package init(schema: Schema, binding: some FieldBinding) {
        self.schema = schema
        strictness = binding.strictness
        self.binding = binding
        prototypes = schema.types.map { _ in LazyFieldPrototypes() }
        var enums: [TypeID: EnumSpelling] = [:]
        var discriminators: [TypeID: Discriminator] = [:]
        for type in schema.types {
            let isIntrospective = type.name.hasPrefix("__")
            switch type.kind {
            case .enumeration:
                enums[type.id] = Self.enumSpelling(of: type, binding: isIntrospective ? nil : binding)
            case .interface, .union:
                let possible = schema.possibleTypes(of: type.id)
                let spellings = possible.map { binding.spelling(of: schema[$0]) }
                discriminators[type.id] = Discriminator(
                    member: binding.discriminator(of: type),
                    types: Dictionary(zip(spellings.map(ExactString.init), possible)) { first, _ in first },
                    spellings: spellings
                )
            case .scalar, .object, .inputObject:
                break
            }
        }
        self.enums = enums
        self.discriminators = discriminators
        plainForms = PlainForms()
    }

    /// Makes a copy of a schema in which the scalar fields that return objects use schema names of enum values.
    ///
    /// Operations that are planned against it have other results, so that their signatures differ too.
    package init(_ base: ExecutableSchema, plainForms: PlainForms) {
        schema = base.schema
        strictness = base.strictness
        binding = base.binding
        prototypes = base.schema.types.map { _ in LazyFieldPrototypes() }
        enums = base.enums
        discriminators = base.discriminators
        self.plainForms = plainForms
    }

    private static func enumSpelling(of type: NamedType, binding: (any FieldBinding)?) -> EnumSpelling {
        let spellings = type.values.map { binding?.spelling(of: $0, in: type) ?? $0.name }
        return EnumSpelling(
            ordinals: Dictionary(
                spellings.enumerated().map { (ExactString($0.element), $0.offset) },
                uniquingKeysWith: { first, _ in first }
            ),
            isVerbatim: spellings == type.values.names
        )
    }

    /// The introspection document of the schema; made when it is first wanted.
    package var introspection: IntrospectionDocument {
        preparedIntrospection.load() ?? preparedIntrospection.storeIfNil(IntrospectionDocument(schema))
    }

    /// The spelling of an enum's values in the data.
    package func spelling(of enumeration: TypeID) -> EnumSpelling? { enums[enumeration] }

    /// The member that states the concrete type of an abstract type's value; nil: there is none.
    package func discriminator(of abstract: TypeID) -> Discriminator? { discriminators[abstract] }
}
