/// The index of a binding in the resolver's table; opaque to the engine.
package struct BindingID: Sendable, Hashable {
    /// The 0-based index in the resolver's table.
    package let index: Int

    package init(index: Int) {
        self.index = index
    }
}
