/// The options of every window of a field, in every collection.
struct WindowOptions: Sendable {
    let order: RowOrder
    let filter: RowFilter
    let needs: WindowNeeds
    /// The list that cursors name; nil: no cursors are wanted.
    var list: ListFingerprint?
}
