internal import JSON

/// The directives that every schema has.
///
/// https://spec.graphql.org/September2025/#sec-Type-System.Directives.Built-in-Directives
package enum BuiltInDirectives {
    /// All of them, in the order in which introspection lists them.
    package static let all: [DirectiveDefinition] = [include, skip, deprecated, specifiedBy, oneOf]

    /// The names of all built-in directives.
    package static let names: Set<String> = Set(all.map(\.name))

    /// Includes something only under a condition.
    ///
    /// https://spec.graphql.org/September2025/#sec--include
    package static let include = DirectiveDefinition(
        name: "include",
        description: "Includes a field or fragment only if the condition holds.",
        arguments: condition("Whether to include it."),
        isRepeatable: false,
        locations: [.field, .fragmentSpread, .inlineFragment]
    )

    /// Leaves something out under a condition.
    ///
    /// https://spec.graphql.org/September2025/#sec--skip
    package static let skip = DirectiveDefinition(
        name: "skip",
        description: "Leaves a field or fragment out if the condition holds.",
        arguments: condition("Whether to leave it out."),
        isRepeatable: false,
        locations: [.field, .fragmentSpread, .inlineFragment]
    )

    /// Marks what should no longer be used.
    ///
    /// https://spec.graphql.org/September2025/#sec--deprecated
    package static let deprecated = DirectiveDefinition(
        name: "deprecated",
        description: "Marks a part of the schema that should no longer be used.",
        arguments: DefinitionMap<InputValueDefinition>([
            InputValueDefinition(
                name: "reason",
                description: "Why, and what to use instead; may be written in Markdown.",
                type: .nonNull(.named(BuiltInTypes.string)),
                defaultValue: .string(
                    StringNode(value: defaultDeprecationReason, isBlock: false, range: SourceRange(start: 0, end: 0))
                ),
                coercedDefault: .string(defaultDeprecationReason)
            )
        ]),
        isRepeatable: false,
        locations: [.fieldDefinition, .argumentDefinition, .inputFieldDefinition, .enumValue]
    )

    /// The reason of a deprecation that states none.
    package static let defaultDeprecationReason = "No longer supported"

    /// States where a scalar is specified.
    ///
    /// https://spec.graphql.org/September2025/#sec--specifiedBy
    package static let specifiedBy = DirectiveDefinition(
        name: "specifiedBy",
        description: "States where a scalar's behaviour is specified.",
        arguments: DefinitionMap<InputValueDefinition>([
            InputValueDefinition(
                name: "url",
                description: "The address of the specification.",
                type: .nonNull(.named(BuiltInTypes.string))
            )
        ]),
        isRepeatable: false,
        locations: [.scalar]
    )

    /// Marks input objects of which exactly one field is given.
    ///
    /// https://spec.graphql.org/September2025/#sec--oneOf
    package static let oneOf = DirectiveDefinition(
        name: "oneOf",
        description: "States that exactly one field of an input object must be given, and not as null.",
        arguments: DefinitionMap<InputValueDefinition>([]),
        isRepeatable: false,
        locations: [.inputObject]
    )

    private static func condition(_ description: String) -> DefinitionMap<InputValueDefinition> {
        DefinitionMap<InputValueDefinition>([
            InputValueDefinition(
                name: "if",
                description: description,
                type: .nonNull(.named(BuiltInTypes.boolean))
            )
        ])
    }
}
