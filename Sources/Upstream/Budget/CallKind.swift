/// The kind of budget that a call is charged to.
package enum CallKind: Int, Sendable, Hashable, CaseIterable {
    case read
    case write
}
