package import JSON

/// Something of a type that has a name.
package protocol NamedDefinition: Sendable {
    var name: String { get }
}

/// Definitions in the order they were written, found by name in constant time.
package struct DefinitionMap<Definition: NamedDefinition>: Sendable, RandomAccessCollection {
    private let ordered: [Definition]
    private let table: NameTable

    /// Keeps the first definition of each name.
    package init(_ definitions: [Definition]) {
        var table = NameTable(minimumCapacity: definitions.count)
        let isFirst = definitions.map { table.insert($0.name) }
        ordered =
            table.names.count == definitions.count
            ? definitions : zip(definitions, isFirst).filter(\.1).map(\.0)
        self.table = table
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { ordered.count }
    package subscript(position: Int) -> Definition { ordered[position] }

    /// The definition of that name.
    package subscript(name: String) -> Definition? {
        guard let ordinal = table.ordinal(of: name) else { return nil }
        return ordered[ordinal]
    }

    /// The position of the definition of that name.
    package func ordinal(of name: String) -> Int? { table.ordinal(of: name) }

    /// The names, in order.
    package var names: [String] { table.names }
}

package typealias FieldMap = DefinitionMap<FieldDefinition>
package typealias InputValueMap = DefinitionMap<InputValueDefinition>
package typealias EnumValueMap = DefinitionMap<EnumValueDefinition>

/// A field of an object or interface type.
///
/// https://spec.graphql.org/September2025/#sec-Objects
package final class FieldDefinition: NamedDefinition {
    package let name: String
    package let description: String?
    package let arguments: InputValueMap
    package let type: TypeReference
    /// Why the field is deprecated; nil if it is not.
    package let deprecationReason: String?
    package let directives: [DirectiveNode]
    /// The definition in the schema document; nil for introspection's own fields.
    package let node: FieldDefinitionNode?

    package init(
        name: String,
        description: String?,
        arguments: InputValueMap,
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

/// An argument or input field.
///
/// https://spec.graphql.org/September2025/#sec-Field-Arguments
package final class InputValueDefinition: NamedDefinition {
    package let name: String
    package let description: String?
    package let type: TypeReference
    /// The default as written, a constant.
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

/// A value of an enum.
///
/// https://spec.graphql.org/September2025/#sec-Enums
package final class EnumValueDefinition: NamedDefinition {
    package let name: String
    package let description: String?
    package let deprecationReason: String?
    package let directives: [DirectiveNode]
    /// The definition in the schema document; nil for built-in ones.
    package let node: EnumValueDefinitionNode?

    package init(
        name: String,
        description: String?,
        deprecationReason: String? = nil,
        directives: [DirectiveNode] = [],
        node: EnumValueDefinitionNode? = nil
    ) {
        self.name = name
        self.description = description
        self.deprecationReason = deprecationReason
        self.directives = directives
        self.node = node
    }
}

/// A directive that a schema knows.
///
/// https://spec.graphql.org/September2025/#sec-Type-System.Directives
package final class DirectiveDefinition: NamedDefinition {
    package let name: String
    package let description: String?
    package let arguments: InputValueMap
    package let isRepeatable: Bool
    package let locations: [DirectiveLocation]
    /// The definition in the schema document; nil for the specification's own directives.
    package let node: DirectiveDefinitionNode?

    package init(
        name: String,
        description: String?,
        arguments: InputValueMap,
        isRepeatable: Bool,
        locations: [DirectiveLocation],
        node: DirectiveDefinitionNode? = nil
    ) {
        self.name = name
        self.description = description
        self.arguments = arguments
        self.isRepeatable = isRepeatable
        self.locations = locations
        self.node = node
    }
}
