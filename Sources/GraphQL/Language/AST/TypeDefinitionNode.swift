/// A type definition or extension of any kind; parts that the kind does not have are empty.
///
/// https://spec.graphql.org/September2025/#TypeDefinition and https://spec.graphql.org/September2025/#TypeExtension
package final class TypeDefinitionNode: Sendable {
    package let kind: TypeKind
    package let isExtension: Bool
    package let description: StringNode?
    package let name: NameNode
    package let directives: [DirectiveNode]
    package let members: Members
    package let range: SourceRange

    /// The content of a type definition after its name, without directives.
    package struct Members: Sendable {
        /// Interfaces that an object or interface type implements.
        package var interfaces: [NamedTypeNode] = []
        /// Fields of an object or interface type.
        package var fields: [FieldDefinitionNode] = []
        /// Member types of a union.
        package var types: [NamedTypeNode] = []
        /// Values of an enum.
        package var values: [EnumValueDefinitionNode] = []
        /// Fields of an input object type.
        package var inputFields: [InputValueDefinitionNode] = []

        package init() {}
    }

    package init(
        kind: TypeKind,
        isExtension: Bool,
        description: StringNode?,
        name: NameNode,
        directives: [DirectiveNode],
        members: Members,
        range: SourceRange
    ) {
        self.kind = kind
        self.isExtension = isExtension
        self.description = description
        self.name = name
        self.directives = directives
        self.members = members
        self.range = range
    }
}
