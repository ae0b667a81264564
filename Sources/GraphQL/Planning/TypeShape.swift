/// A field's type flattened for completion: the depth of its lists, the non-null levels, and the innermost type.
///
/// `[[Int!]]!` has list depth 2 and must not be null at levels 0 and 2.
package struct TypeShape: Sendable, Hashable {
    /// The number of nested lists; 0: the type is not a list.
    package let listDepth: Int
    /// The item type inside all lists.
    package internal(set) var leaf: Leaf
    private let nonNullLevels: UInt64

    /// The item type inside all lists.
    package enum Leaf: Sendable, Hashable {
        case int
        case float
        case string
        case boolean
        case id
        /// A scalar of the schema: any JSON value.
        case customScalar
        /// A scalar that returns an object of a type, in which enum values have their schema names.
        case plainForm(TypeID)
        case enumeration(TypeID)
        /// An object, interface or union: completed by a selection.
        case composite
    }

    /// The most list wrappers that a type may have.
    package static let maximumListDepth = 62

    /// Flattens a type; nil if its lists nest deeper than `maximumListDepth`.
    package init?(_ type: TypeReference, schema: Schema) {
        self.init(type, of: schema.namedType(of: type))
    }

    /// Flattens a type whose innermost one is known.
    init?(_ type: TypeReference, of namedType: NamedType) {
        var depth = 0
        var nonNull: UInt64 = 0
        var rest = type
        while true {
            switch rest {
            case .nonNull(let item):
                nonNull |= 1 << UInt64(depth)
                rest = item
            case .list(let item):
                guard depth < Self.maximumListDepth else { return nil }
                depth += 1
                rest = item
            case .named:
                listDepth = depth
                nonNullLevels = nonNull
                leaf = Leaf(namedType)
                return
            }
        }
    }

    /// Whether a null is not allowed at that list level; level 0 is the field itself.
    package func isNonNull(level: Int) -> Bool {
        nonNullLevels & (1 << UInt64(level)) != 0
    }
}

extension TypeShape.Leaf {
    init(_ type: NamedType) {
        switch type.kind {
        case .object, .interface, .union: self = .composite
        case .enumeration: self = .enumeration(type.id)
        case .inputObject: self = .customScalar
        case .scalar:
            switch type.name {
            case "Int": self = .int
            case "Float": self = .float
            case "String": self = .string
            case "Boolean": self = .boolean
            case "ID": self = .id
            default: self = .customScalar
            }
        }
    }
}
