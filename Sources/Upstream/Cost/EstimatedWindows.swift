internal import GraphQL
internal import JSON

/// The pages of a field's windows in each of its collections.
struct EstimatedWindows {
    private let paging: PagingArguments
    private let isPaged: Bool
    private let pageSize: Int
    /// The pages, if they are the same in each collection; nil otherwise.
    let pages: ClosedRange<Int>?
    /// The most further pages of each collection, at unknown positions.
    let morePages: Int
    /// Whether the window is at the end of the list, wherever that is.
    let isAtEnd: Bool

    init(_ paging: PagingArguments, conventions: UpstreamConventions) {
        self.paging = paging
        isAtEnd = paging.isAtEnd
        isPaged = conventions.isPaged
        let size = conventions.maximumPerPage
        pageSize = size
        guard isPaged else {
            pages = 1...1
            morePages = 0
            return
        }
        if paging.isAtEnd {
            // If the upstream does not state the number of rows, pages are read until the end.
            pages = 1...max(1, (PageWindow.maximumCount + size - 1) / size)
            morePages = max(paging.count, 1) / size + 1
            return
        }
        // The row that a cursor names may be on another page now.
        let anchorPages = paging.namesRows ? 1 : 0
        guard let offsets = paging.cursorOffsets else {
            pages = paging.read.window(slug: "", total: nil)?.pages(of: size)
            morePages = anchorPages
            return
        }
        // Workspaces have different positions: the window with most pages counts for all.
        pages = nil
        let most = (offsets.keys + [""]).reduce(1) { most, slug in
            max(most, paging.read.window(slug: slug, total: nil)?.pages(of: size).count ?? 1)
        }
        morePages = most + anchorPages
    }

    /// The first page that is read of a workspace's collection.
    func firstPage(slug: String) -> Int {
        isPaged ? paging.read.window(slug: slug, total: nil)?.pages(of: pageSize).lowerBound ?? 1 : 1
    }
}
