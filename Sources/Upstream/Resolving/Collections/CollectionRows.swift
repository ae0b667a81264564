internal import GraphQL
internal import JSON

/// The rows of a window, each once, and what is known of the collection around them.
struct CollectionRows: Sendable {
    /// A row of the window.
    struct Row: Sendable {
        private(set) var document: SourceDocument
        private(set) var node: Int
        /// The row as its page shows it, by which it is sorted: the same, unless it has been completed.
        private(set) var listed: (document: SourceDocument, node: Int)
        /// Where it stands in the pages of its collection.
        let position: RowPosition
        /// The number of its collection, where several are merged.
        var part = 0

        /// A row of a page.
        init(_ row: CollectionPages.Row) {
            document = row.document
            node = row.node
            listed = (row.document, row.node)
            position = row.position
        }

        /// Takes the single object in place of what the page shows of it.
        mutating func complete(with document: SourceDocument, at node: Int) {
            (self.document, self.node) = (document, node)
        }
    }

    var rows: [Row]
    /// The number of all rows, where the upstream lets it be known.
    var total: Int?
    /// Why it is unknown, reported at its own path; nil: it is known, or the upstream does not count rows.
    var unknownTotal: FieldFailure?
    var hasNextPage: Bool
    var hasPreviousPage: Bool
    /// Makes the cursors of the rows.
    var naming: RowNaming
    /// Contradictions in what the upstream said, reported beside the rows.
    var problems: [FieldFailure] = []
    /// How many rows stand between the cursors of the window; nil: unknown.
    var available: Int?
}
