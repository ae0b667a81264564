/// A named type of any of the six kinds.
///
/// https://spec.graphql.org/September2025/#sec-Types
///
/// One class with a kind, like introspection's `__Type`: members that the kind does not have are empty.
package final class NamedType: Sendable {
    package let id: TypeID
    package let kind: TypeKind
    package let name: String
    package let description: String?
    /// Directives applied to the definition and its extensions, in order.
    package let directives: [DirectiveNode]
    /// Fields of an object or interface type.
    package let fields: DefinitionMap<FieldDefinition>
    /// Interfaces that an object or interface type declares, in order.
    package let interfaces: [TypeID]
    /// Member types of a union, in order.
    package let memberTypes: [TypeID]
    /// Values of an enum.
    package let values: DefinitionMap<EnumValueDefinition>
    /// Fields of an input object type.
    package let inputFields: DefinitionMap<InputValueDefinition>
    /// The `@specifiedBy` URL of a scalar.
    package let specifiedByURL: String?
    /// Whether an input object type is a OneOf input object.
    package let isOneOf: Bool
    /// The definition and extensions that the type was built from; empty for built-in types.
    package let definitions: [TypeDefinitionNode]

    /// Everything of a type but its identity, as the schema builder collects it.
    package struct Content: Sendable {
        package var description: String?
        package var directives: [DirectiveNode] = []
        package var fields: DefinitionMap<FieldDefinition> = DefinitionMap<FieldDefinition>([])
        package var interfaces: [TypeID] = []
        package var memberTypes: [TypeID] = []
        package var values: DefinitionMap<EnumValueDefinition> = DefinitionMap<EnumValueDefinition>([])
        package var inputFields: DefinitionMap<InputValueDefinition> = DefinitionMap<InputValueDefinition>([])
        package var specifiedByURL: String?
        package var isOneOf = false
        package var definitions: [TypeDefinitionNode] = []

        package init() {}
    }

    package init(id: TypeID, kind: TypeKind, name: String, content: Content) {
        self.id = id
        self.kind = kind
        self.name = name
        description = content.description
        directives = content.directives
        fields = content.fields
        interfaces = content.interfaces
        memberTypes = content.memberTypes
        values = content.values
        inputFields = content.inputFields
        specifiedByURL = content.specifiedByURL
        isOneOf = content.isOneOf
        definitions = content.definitions
    }

    /// Whether a selection set can be applied: object, interface or union.
    package var isComposite: Bool {
        switch kind {
        case .object, .interface, .union: true
        case .scalar, .enumeration, .inputObject: false
        }
    }

    /// Whether values of the type are one of several object types: interface or union.
    package var isAbstract: Bool { kind == .interface || kind == .union }

    /// Whether the type has no fields: scalar or enum.
    package var isLeaf: Bool { kind == .scalar || kind == .enumeration }

    /// Whether values of the type can be given.
    ///
    /// https://spec.graphql.org/September2025/#IsInputType()
    package var isInputType: Bool { isLeaf || kind == .inputObject }

    /// Whether fields can yield values of the type.
    ///
    /// https://spec.graphql.org/September2025/#IsOutputType()
    package var isOutputType: Bool { kind != .inputObject }
}
