/// The index of a field in its plan.
package struct PlanFieldID: Sendable, Hashable {
    package let index: Int

    package init(index: Int) {
        self.index = index
    }
}
