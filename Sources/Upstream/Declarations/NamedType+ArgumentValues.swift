internal import GraphQL

extension NamedType {
    /// Whether an argument of the type can have a text as its value; a custom scalar can have any value.
    var hasTextValues: Bool {
        switch kind {
        case .scalar: [.string, .id, nil].contains(SpecifiedScalar(rawValue: name))
        case .enumeration: true
        case .object, .interface, .union, .inputObject: false
        }
    }

    /// Whether an argument of the type can have a number as its value; a custom scalar can have any value.
    var hasNumericValues: Bool {
        kind == .scalar && [.int, .float, nil].contains(SpecifiedScalar(rawValue: name))
    }
}
