internal import JSON

/// The concrete type of an object, or the reason why it is unknown.
enum ConcreteType {
    case known(TypeID, variant: Int)
    /// The data has no type name.
    case unnamed
    /// The data has a type name that is not a possible type.
    case wrong(String)
    /// The data has a type name that is not a string.
    case unreadable(JSONValue)

    /// The index of the selection's variant; nil: the type is unknown.
    var variant: Int? {
        if case .known(_, let variant) = self { variant } else { nil }
    }
}
