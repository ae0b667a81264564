extension JSONDocument {
    /// The elements of an array; empty for other values.
    @inlinable
    package func elements(of index: Int) -> JSONElements {
        JSONElements(document: self, container: resolve(index))
    }

    /// The members of an object in their order, repeated names included; empty for other values.
    @inlinable
    package func members(of index: Int) -> JSONMembers {
        JSONMembers(document: self, container: resolve(index))
    }
}
