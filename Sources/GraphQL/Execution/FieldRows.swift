/// All objects of one field of a plan, in document order, and which of them belong to which parent row.
///
/// Parents with the same value share its objects, so that there are never more rows than objects in the documents.
/// The response writer walks values in the same order, so that it finds an object's row by counting from the start of
/// its parent.
struct FieldRows: Sendable {
    private(set) var rows: [Row] = []
    /// The number of the first row of each parent.
    private(set) var starts: [Int32] = []

    init(parentCount: Int) {
        starts.reserveCapacity(parentCount)
        rows.reserveCapacity(parentCount)
    }

    /// Rows that are appended from now on belong to the next parent.
    mutating func beginParent() {
        starts.append(Int32(rows.count))
    }

    /// The next parent has the rows of an earlier one, which begin at a number.
    mutating func shareRows(from start: Int32) {
        starts.append(start)
    }

    mutating func append(_ row: Row) {
        rows.append(row)
    }
}
