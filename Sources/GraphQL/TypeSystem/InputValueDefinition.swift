package import JSON

/// An argument or input field.
///
/// https://spec.graphql.org/September2025/#sec-Field-Arguments
package final class InputValueDefinition: NamedDefinition {
    package let name: String
    package let description: String?
    package let type: TypeReference
    /// The default as a literal, without variables.
    package let defaultValue: ValueNode?
    /// The default as a value of the type, defaults inside of it included.
    package let coercedDefault: JSONValue?
    package let deprecationReason: String?
    package let directives: [DirectiveNode]
    /// The definition in the schema document; nil for built-in ones.
    package let node: InputValueDefinitionNode?

    package init(
        name: String,
        description: String?,
        type: TypeReference,
        defaultValue: ValueNode? = nil,
        coercedDefault: JSONValue? = nil,
        deprecationReason: String? = nil,
        directives: [DirectiveNode] = [],
        node: InputValueDefinitionNode? = nil
    ) {
        self.name = name
        self.description = description
        self.type = type
        self.defaultValue = defaultValue
        self.coercedDefault = coercedDefault
        self.deprecationReason = deprecationReason
        self.directives = directives
        self.node = node
    }

    /// Whether a value must be given: non-null without a default.
    ///
    /// https://spec.graphql.org/September2025/#sec-Required-Arguments
    package var isRequired: Bool { type.isNonNull && defaultValue == nil }
}
