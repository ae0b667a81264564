/// The index of a selection set in its plan.
package struct PlanSelectionID: Sendable, Hashable {
    package let index: Int

    package init(index: Int) {
        self.index = index
    }
}
