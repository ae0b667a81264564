/// A field of an object or interface type.
///
/// https://spec.graphql.org/September2025/#sec-Objects
package final class FieldDefinition: NamedDefinition {
    package let name: String
    package let description: String?
    package let arguments: DefinitionMap<InputValueDefinition>
    package let type: TypeReference
    /// The reason why the field is deprecated; nil: it is not.
    package let deprecationReason: String?
    package let directives: [DirectiveNode]
    /// The definition in the schema document; nil for introspection's own fields.
    package let node: FieldDefinitionNode?

    package init(
        name: String,
        description: String?,
        arguments: DefinitionMap<InputValueDefinition>,
        type: TypeReference,
        deprecationReason: String? = nil,
        directives: [DirectiveNode] = [],
        node: FieldDefinitionNode? = nil
    ) {
        self.name = name
        self.description = description
        self.arguments = arguments
        self.type = type
        self.deprecationReason = deprecationReason
        self.directives = directives
        self.node = node
    }
}
