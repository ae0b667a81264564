internal import GraphQL
internal import JSON

/// The rows of a window, each once, and the state of the collection around them.
struct CollectionRows: Sendable {
    /// A row of the window.
    struct Row: Sendable {
        private(set) var document: SourceDocument
        private(set) var node: Int
        /// The row on its page, by which it is sorted: equal to `document` and `node`, unless the row has been completed.
        private(set) var listed: (document: SourceDocument, node: Int)
        /// The position in the pages of the row's collection.
        let position: RowPosition
        /// The index of the row's collection among those that are merged.
        var part = 0

        /// Makes a row of the window from a row of a page.
        init(_ row: CollectionPages.Row) {
            document = row.document
            node = row.node
            listed = (row.document, row.node)
            position = row.position
        }

        /// Replaces the row's content with the single object.
        mutating func complete(with document: SourceDocument, at node: Int) {
            (self.document, self.node) = (document, node)
        }
    }

    var rows: [Row]
    /// The number of all rows; nil: unknown.
    var total: Int?
    /// The reason why the total is unknown, reported at its own path; nil: it is known, or the upstream does not count rows.
    var unknownTotal: FieldFailure?
    var hasNextPage: Bool
    var hasPreviousPage: Bool
    /// Makes the cursors of the rows.
    var naming: RowNaming
    /// Contradictions in the upstream's responses, reported as errors beside the rows.
    var problems: [FieldFailure] = []
    /// The number of rows between the cursors of the window; nil: unknown.
    var available: Int?
}
