/// The options of every window of a field, in every collection.
struct WindowOptions: Sendable {
    let order: RowOrder
    let filter: RowFilter
    let needs: WindowNeeds
}
