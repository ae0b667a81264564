/// The position of a row in the pages of its collection.
struct RowPosition: Sendable, Hashable, Comparable {
    /// The number of the page, from 1.
    var page: Int
    /// The zero-based index of the row within its page.
    var index: Int

    /// Makes the position that is `offset` rows after the first row, in pages of a size.
    init(offset: Int, pageSize: Int) {
        page = offset / pageSize + 1
        index = offset % pageSize
    }

    /// Makes a position within a page.
    init(page: Int, index: Int) {
        self.page = page
        self.index = index
    }

    /// The position after the row.
    var next: RowPosition { RowPosition(page: page, index: index + 1) }

    /// The number of rows before it, if every page before its own has `pageSize` rows.
    func offset(pageSize: Int) -> Int { (page - 1) * pageSize + index }

    static func < (left: RowPosition, right: RowPosition) -> Bool {
        (left.page, left.index) < (right.page, right.index)
    }
}
