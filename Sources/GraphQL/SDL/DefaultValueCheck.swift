/// Checks that the default of each argument and input field is a value of its type.
///
/// https://spec.graphql.org/September2025/#sec-Objects.Type-Validation, and for input fields beyond its text.
///
/// graphql-js 16 silently ignores an invalid default. The messages are those of graphql-js 17 for null, and else those for
/// literals in operations.
struct DefaultValueCheck {
    private let schema: Schema
    private let context: ValidationContext
    /// The subject of each error: the coordinate of a definition, such as `Query.field(argument:)`.
    private var coordinates: [String] = []

    /// Checks all definitions of a schema that is valid otherwise.
    init(_ schema: Schema) {
        self.schema = schema
        let document = Document(definitions: [], source: schema.source)
        context = ValidationContext(document: document, schema: schema, maximumErrors: .max)
        for directive in schema.directives { check(directive.arguments) { "@\(directive.name)(\($0):)" } }
        for type in schema.visibleTypes.map({ schema[$0] }) {
            for field in type.fields { check(field.arguments) { "\(type.name).\(field.name)(\($0):)" } }
            check(type.inputFields) { "\(type.name).\($0)" }
        }
    }

    /// The errors, in the order of the definitions.
    var errors: [GraphQLError] {
        zip(context.errors, coordinates).map { error, coordinate in
            GraphQLError("\(coordinate) has invalid default value: \(error.message)", locations: error.locations)
        }
    }

    private mutating func check(_ definitions: DefinitionMap<InputValueDefinition>, coordinate: (String) -> String) {
        for definition in definitions {
            guard definition.node != nil, let value = definition.defaultValue else { continue }
            context.typeInfo = TypeInfo()
            context.typeInfo.inputType = definition.type
            context.typeInfo.inputValue = definition
            if case .null(let range) = value, definition.type.isNonNull {
                let type = schema.text(of: definition.type)
                context.report("Expected value of non-null type \"\(type)\" not to be null.", at: range)
            } else {
                var walker = DocumentWalker(context: context, rules: Self.rules)
                walker.visit(value)
            }
            while coordinates.count < context.errorCount { coordinates.append(coordinate(definition.name)) }
        }
    }

    private static let rules = RuleSet([ValuesOfCorrectType.self])
}
