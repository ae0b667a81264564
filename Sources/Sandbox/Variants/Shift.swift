/// The change to a collection each time one of its pages, but not the last, has been read.
package enum Shift: String, CaseIterable, Sendable {
    /// No change.
    case none
    /// A new row appears before the first: the last row of a page is repeated on the next.
    case insert
    /// The first row goes to Trash: the next page misses a row.
    case remove
    /// The last row becomes the first: the next page repeats a row, and the last page misses the moved one.
    case move
}
