/// The index of a field in its plan.
package struct PlanFieldID: Sendable, Hashable {
    /// The 0-based index in `Plan.fields`.
    package let index: Int

    package init(index: Int) {
        self.index = index
    }
}
