/// The wanted rows of the collection of one workspace.
struct WindowRequest: Sendable, Hashable {
    /// The number of rows before the wanted ones, where they are chosen by page: then the rows in just these positions are shown.
    var offset: Int?
    /// The anchor of the row before the wanted ones.
    var after: RowAnchor?
    /// The anchor of the row after the wanted ones.
    var before: RowAnchor?
    /// Whether the row of `before` is one of the wanted ones.
    var includesBefore = false
    /// The most rows from the beginning; nil: they are counted from the end.
    var first: Int?
    /// The most rows from the end of those.
    var last: Int?

    /// Whether a cursor names the row before or after the wanted ones by key.
    var namesRows: Bool { after?.key != nil || before?.key != nil }

    /// The number of rows from the start that are wanted; nil: the request has other conditions.
    var countFromStart: Int? { offset == nil && after == nil && before == nil && last == nil ? first : nil }

    /// Whether the window may begin with the first row.
    var isFromStart: Bool { after == nil && offset ?? 0 == 0 }
}
