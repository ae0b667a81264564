/// The rows that are wanted of the collection of one workspace.
struct WindowRequest: Sendable, Hashable {
    /// How many rows come before them, where they are chosen by page: then they are no more and no fewer than stand there.
    var offset: Int?
    /// The row before them.
    var after: RowAnchor?
    /// The row behind them.
    var before: RowAnchor?
    /// Whether that row is one of them.
    var includesBefore = false
    /// How many are wanted from the front; nil: they are counted from the end.
    var first: Int?
    /// How many are wanted from the end of those.
    var last: Int?

    /// Whether they are those behind or before a row that a cursor names.
    var namesRows: Bool { after?.key != nil || before?.key != nil }

    /// How many rows from the start are wanted, if the request says nothing else.
    var countFromStart: Int? { offset == nil && after == nil && before == nil && last == nil ? first : nil }

    /// Whether nothing comes before them.
    var isFromStart: Bool { after == nil && offset ?? 0 == 0 && first != nil }
}
