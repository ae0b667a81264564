/// The index of a binding in the table of whoever resolves it; opaque to the engine.
package struct BindingID: Sendable, Hashable {
    package let index: Int

    package init(index: Int) {
        self.index = index
    }
}
