/// The index of a selection set in its plan.
package struct PlanSelectionID: Sendable, Hashable {
    /// The 0-based index in `Plan.selections`.
    package let index: Int

    package init(index: Int) {
        self.index = index
    }
}
