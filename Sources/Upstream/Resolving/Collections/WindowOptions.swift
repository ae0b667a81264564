/// The options of every window of a field, in every collection.
struct WindowOptions: Sendable, Equatable {
    let order: RowOrder
    let filter: RowFilter
    let needs: WindowNeeds
    /// The fingerprint of the order for cursors; nil: no cursors are selected.
    var fingerprint: OrderFingerprint?
}
