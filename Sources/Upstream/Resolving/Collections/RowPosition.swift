/// Where a row stands in the pages of its collection.
struct RowPosition: Sendable, Hashable, Comparable {
    /// The number of the page, from 1.
    var page: Int
    /// How many rows of the page come before it.
    var index: Int

    /// The position of so many rows further on than the first one, in pages of a size.
    init(offset: Int, pageSize: Int) {
        page = offset / pageSize + 1
        index = offset % pageSize
    }

    /// A position within a page.
    init(page: Int, index: Int) {
        self.page = page
        self.index = index
    }

    /// The position behind the row.
    var next: RowPosition { RowPosition(page: page, index: index + 1) }

    /// How many rows come before it, if every page before its own has so many.
    func offset(pageSize: Int) -> Int { (page - 1) * pageSize + index }

    static func < (left: RowPosition, right: RowPosition) -> Bool {
        (left.page, left.index) < (right.page, right.index)
    }
}
