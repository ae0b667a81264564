/// Checks the arguments of those directives that the schema builder itself reads: `@deprecated` and `@specifiedBy`.
///
/// Other rules do not check values in type system documents. As in graphql-js, which checks them while it builds a schema,
/// only the first invalid one is reported.
struct SpecifiedDirectiveArguments {
    private let schema: Schema
    private(set) var error: GraphQLError?

    /// Checks what a schema was built from.
    init(checking schema: Schema) {
        self.schema = schema
        let types = schema.types.filter { !$0.definitions.isEmpty }
        for type in types { checkValues(of: type) }
        for directive in schema.directives { check(directive.arguments) }
        for type in types { checkFields(of: type) }
    }

    private mutating func checkValues(of type: NamedType) {
        if type.kind == .scalar, let definition = type.definitions.first {
            check(BuiltInDirectives.specifiedBy, among: definition.directives)
        }
        for value in type.values { check(BuiltInDirectives.deprecated, among: value.directives) }
    }

    private mutating func checkFields(of type: NamedType) {
        for field in type.fields {
            check(field.arguments)
            check(BuiltInDirectives.deprecated, among: field.directives)
        }
        check(type.inputFields)
    }

    private mutating func check(_ values: DefinitionMap<InputValueDefinition>) {
        for value in values { check(BuiltInDirectives.deprecated, among: value.directives) }
    }

    private mutating func check(_ definition: DirectiveDefinition, among directives: [DirectiveNode]) {
        guard error == nil, let node = directives.first(where: { $0.name.value == definition.name }) else { return }
        let result = coerceArgumentValues(
            definition.arguments,
            arguments: node.arguments,
            on: node.range,
            variables: VariableValues(),
            schema: schema,
            source: schema.source
        )
        if case .failure(let failure) = result { error = failure }
    }
}
