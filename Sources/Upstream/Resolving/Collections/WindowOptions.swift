/// The options of every window of a field, in every collection.
struct WindowOptions: Sendable, Equatable {
    let order: RowOrder
    let filter: RowFilter
    let needs: WindowNeeds
    /// What cursors state of the order; nil: no cursors are wanted.
    var fingerprint: OrderFingerprint?
}
