/// The index of a named type in its schema.
package struct TypeID: Sendable, Hashable {
    /// The 0-based index in `Schema.types`.
    package let index: Int32

    package init(index: Int) {
        self.index = Int32(index)
    }
}
