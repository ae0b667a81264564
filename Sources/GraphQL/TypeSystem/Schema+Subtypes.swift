extension Schema {
    /// Whether every value of a type is one of the other type too: wrappers included, and equal types are subtypes.
    ///
    /// https://spec.graphql.org/September2025/#IsValidImplementationFieldType()
    package func isSubtype(_ type: TypeReference, of supertype: TypeReference) -> Bool {
        switch (type, supertype) {
        case (.nonNull(let item), .nonNull(let superitem)): isSubtype(item, of: superitem)
        case (_, .nonNull): false
        case (.nonNull(let item), _): isSubtype(item, of: supertype)
        case (.list(let item), .list(let superitem)): isSubtype(item, of: superitem)
        case (.list, _), (_, .list): false
        case (.named(let id), .named(let superID)): id == superID || isSubtype(id, of: superID)
        }
    }
}
