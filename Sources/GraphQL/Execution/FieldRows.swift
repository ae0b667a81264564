/// The rows of one field of a plan, in document order, by parent row.
///
/// Parents with the same value share its rows, so that there are never more rows than objects in the documents.
/// The response writer visits values in the same order, so that it finds an object's row by counting from the start of
/// its parent.
struct FieldRows: Sendable {
    private(set) var rows: [Row] = []
    /// The index of the first row of each parent.
    private(set) var starts: [Int32] = []

    init(parentCount: Int) {
        starts.reserveCapacity(parentCount)
        rows.reserveCapacity(parentCount)
    }

    /// Begins the next parent, to which rows are appended from now on.
    mutating func beginParent() {
        starts.append(Int32(rows.count))
    }

    /// Makes the next parent share the rows of an earlier one, from an index on.
    mutating func shareRows(from start: Int32) {
        starts.append(start)
    }

    mutating func append(_ row: Row) {
        rows.append(row)
    }
}
