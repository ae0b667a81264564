internal import JSON

/// The concrete type of an object, or why it is unknown.
enum ConcreteType {
    case known(TypeID, variant: Int)
    /// The data does not name a type.
    case unnamed
    /// The data names something that is no possible type.
    case wrong(String)
    /// The data names a type by something that is no name.
    case unreadable(JSONValue)

    /// The variant of the selection, if the type is known.
    var variant: Int? {
        if case .known(_, let variant) = self { variant } else { nil }
    }
}
