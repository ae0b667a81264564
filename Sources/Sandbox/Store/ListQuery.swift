/// One page of a list.
struct ListQuery: Hashable, Sendable {
    /// The largest page.
    static let maximumPageSize = 100

    /// The list that the page is cut from.
    var selection: RowSelection

    /// The page's number, from 1.
    var page: Int

    /// The number of rows in a page.
    var perPage: Int
}
