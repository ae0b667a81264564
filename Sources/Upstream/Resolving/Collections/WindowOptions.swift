/// What holds for every window of a field, whichever collection it is of.
struct WindowOptions: Sendable {
    let order: RowOrder
    let filter: RowFilter
    let needs: WindowNeeds
}
