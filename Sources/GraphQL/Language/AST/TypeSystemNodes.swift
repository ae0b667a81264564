// Nodes of type system documents. A definition and its extension are one kind of node: `isExtension` tells them apart.

/// A schema definition or extension.
///
/// https://spec.graphql.org/September2025/#sec-Schema
package final class SchemaDefinitionNode: Sendable {
    package let isExtension: Bool
    package let description: StringNode?
    package let directives: [DirectiveNode]
    package let operationTypes: [OperationTypeDefinitionNode]
    package let range: SourceRange

    package init(
        isExtension: Bool,
        description: StringNode?,
        directives: [DirectiveNode],
        operationTypes: [OperationTypeDefinitionNode],
        range: SourceRange
    ) {
        self.isExtension = isExtension
        self.description = description
        self.directives = directives
        self.operationTypes = operationTypes
        self.range = range
    }
}

/// A root operation type.
///
/// https://spec.graphql.org/September2025/#RootOperationTypeDefinition
package struct OperationTypeDefinitionNode: Sendable {
    package let operation: OperationType
    package let type: NamedTypeNode
    package let range: SourceRange

    package init(operation: OperationType, type: NamedTypeNode, range: SourceRange) {
        self.operation = operation
        self.type = type
        self.range = range
    }
}

/// The six kinds of named types.
///
/// https://spec.graphql.org/September2025/#sec-Types
package enum TypeKind: Sendable, Hashable, CaseIterable {
    case scalar
    case object
    case interface
    case union
    case enumeration
    case inputObject
}

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

    /// What stands between a type's name and the end of its definition, directives aside.
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

/// A field's definition.
///
/// https://spec.graphql.org/September2025/#FieldDefinition
package final class FieldDefinitionNode: Sendable {
    package let description: StringNode?
    package let name: NameNode
    package let arguments: [InputValueDefinitionNode]
    package let type: TypeNode
    package let directives: [DirectiveNode]
    package let range: SourceRange

    package init(
        description: StringNode?,
        name: NameNode,
        arguments: [InputValueDefinitionNode],
        type: TypeNode,
        directives: [DirectiveNode],
        range: SourceRange
    ) {
        self.description = description
        self.name = name
        self.arguments = arguments
        self.type = type
        self.directives = directives
        self.range = range
    }
}

/// An argument's or input field's definition.
///
/// https://spec.graphql.org/September2025/#InputValueDefinition
package final class InputValueDefinitionNode: Sendable {
    package let description: StringNode?
    package let name: NameNode
    package let type: TypeNode
    package let defaultValue: ValueNode?
    package let directives: [DirectiveNode]
    package let range: SourceRange

    package init(
        description: StringNode?,
        name: NameNode,
        type: TypeNode,
        defaultValue: ValueNode?,
        directives: [DirectiveNode],
        range: SourceRange
    ) {
        self.description = description
        self.name = name
        self.type = type
        self.defaultValue = defaultValue
        self.directives = directives
        self.range = range
    }
}

/// An enum value's definition.
///
/// https://spec.graphql.org/September2025/#EnumValueDefinition
package final class EnumValueDefinitionNode: Sendable {
    package let description: StringNode?
    package let name: NameNode
    package let directives: [DirectiveNode]
    package let range: SourceRange

    package init(description: StringNode?, name: NameNode, directives: [DirectiveNode], range: SourceRange) {
        self.description = description
        self.name = name
        self.directives = directives
        self.range = range
    }
}

/// A directive's definition.
///
/// https://spec.graphql.org/September2025/#DirectiveDefinition
package final class DirectiveDefinitionNode: Sendable {
    package let description: StringNode?
    package let name: NameNode
    package let arguments: [InputValueDefinitionNode]
    package let isRepeatable: Bool
    /// Names as written; the parser accepts only those of `DirectiveLocation`.
    package let locations: [NameNode]
    package let range: SourceRange

    package init(
        description: StringNode?,
        name: NameNode,
        arguments: [InputValueDefinitionNode],
        isRepeatable: Bool,
        locations: [NameNode],
        range: SourceRange
    ) {
        self.description = description
        self.name = name
        self.arguments = arguments
        self.isRepeatable = isRepeatable
        self.locations = locations
        self.range = range
    }
}

/// Where a directive may stand.
///
/// https://spec.graphql.org/September2025/#DirectiveLocations
package enum DirectiveLocation: String, Sendable, Hashable, CaseIterable {
    case query = "QUERY"
    case mutation = "MUTATION"
    case subscription = "SUBSCRIPTION"
    case field = "FIELD"
    case fragmentDefinition = "FRAGMENT_DEFINITION"
    case fragmentSpread = "FRAGMENT_SPREAD"
    case inlineFragment = "INLINE_FRAGMENT"
    case variableDefinition = "VARIABLE_DEFINITION"
    case schema = "SCHEMA"
    case scalar = "SCALAR"
    case object = "OBJECT"
    case fieldDefinition = "FIELD_DEFINITION"
    case argumentDefinition = "ARGUMENT_DEFINITION"
    case interface = "INTERFACE"
    case union = "UNION"
    case enumeration = "ENUM"
    case enumValue = "ENUM_VALUE"
    case inputObject = "INPUT_OBJECT"
    case inputFieldDefinition = "INPUT_FIELD_DEFINITION"
}
