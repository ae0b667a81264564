/// Kinds of nodes that a validation rule can visit.
package struct NodeKinds: OptionSet, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    // Executable documents.
    package static let document = NodeKinds(rawValue: 1 << 0)
    package static let operationDefinition = NodeKinds(rawValue: 1 << 1)
    package static let variableDefinition = NodeKinds(rawValue: 1 << 2)
    package static let selectionSet = NodeKinds(rawValue: 1 << 3)
    package static let field = NodeKinds(rawValue: 1 << 4)
    package static let argument = NodeKinds(rawValue: 1 << 5)
    package static let fragmentSpread = NodeKinds(rawValue: 1 << 6)
    package static let inlineFragment = NodeKinds(rawValue: 1 << 7)
    package static let fragmentDefinition = NodeKinds(rawValue: 1 << 8)
    package static let directive = NodeKinds(rawValue: 1 << 9)
    package static let namedType = NodeKinds(rawValue: 1 << 10)

    // Values.
    package static let variable = NodeKinds(rawValue: 1 << 11)
    package static let int = NodeKinds(rawValue: 1 << 12)
    package static let float = NodeKinds(rawValue: 1 << 13)
    package static let string = NodeKinds(rawValue: 1 << 14)
    package static let boolean = NodeKinds(rawValue: 1 << 15)
    package static let null = NodeKinds(rawValue: 1 << 16)
    package static let enumeration = NodeKinds(rawValue: 1 << 17)
    package static let list = NodeKinds(rawValue: 1 << 18)
    package static let object = NodeKinds(rawValue: 1 << 19)
    package static let objectField = NodeKinds(rawValue: 1 << 20)

    // Type system documents; a definition and its extension are of one kind.
    package static let schemaDefinition = NodeKinds(rawValue: 1 << 21)
    package static let operationTypeDefinition = NodeKinds(rawValue: 1 << 22)
    package static let typeDefinition = NodeKinds(rawValue: 1 << 23)
    package static let fieldDefinition = NodeKinds(rawValue: 1 << 24)
    package static let inputValueDefinition = NodeKinds(rawValue: 1 << 25)
    package static let enumValueDefinition = NodeKinds(rawValue: 1 << 26)
    package static let directiveDefinition = NodeKinds(rawValue: 1 << 27)

    /// The number of kinds.
    package static let count = 28

    /// Everything that can bear directives.
    package static let withDirectives: NodeKinds = [
        .operationDefinition, .variableDefinition, .field, .fragmentSpread, .inlineFragment, .fragmentDefinition,
        .schemaDefinition, .typeDefinition, .fieldDefinition, .inputValueDefinition, .enumValueDefinition,
    ]

    /// The bit of a single kind.
    var index: Int { rawValue.trailingZeroBitCount }
}

extension ValueNode {
    /// The kind of a value's node.
    var kind: NodeKinds {
        switch self {
        case .variable: .variable
        case .int: .int
        case .float: .float
        case .string: .string
        case .boolean: .boolean
        case .null: .null
        case .enumeration: .enumeration
        case .list: .list
        case .object: .object
        }
    }
}
