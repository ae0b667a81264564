/// The habits by which an upstream counts rows and fills pages, as learned from the pages read so far.
///
/// The documentation of an upstream leaves them open, so they are learned: for each collection, and for a workspace as a whole
/// where a collection has not been read yet.
struct PagingHabits: Sendable, Hashable {
    /// The factor by which a page may be smaller than requested: no cap, and no hidden rows, are assumed to leave fewer than a fifth.
    static let leastPart = 5

    /// The meaning of the count in a list.
    enum CountMeaning: Sendable, Hashable {
        /// No page has shown the meaning.
        case unknown
        /// The number of all rows, as the pages so far suggest.
        case total
        /// The number of all rows, proven by a list that ended where its count said.
        case provenTotal
        /// The number of rows in the page.
        case page
        /// A number that contradicts the rows.
        case wrong

        /// Whether the count is used as the number of all rows.
        var isTotal: Bool { self == .total || self == .provenTotal }
    }

    /// The meaning of a page with fewer rows than others.
    enum ShortPage: Sendable, Hashable {
        /// No page has shown the meaning.
        case unproven
        /// The page is the last one, if it has at most this number of rows: a page of that size was seen to be the last.
        case last(upTo: Int)
        /// Such a page can occur anywhere: rows are hidden from pages that have been cut already.
        case anywhere
    }

    /// The meaning of the count in the collection's pages.
    var count = CountMeaning.unknown
    /// The meaning of a page with fewer rows than others.
    var shortPage = ShortPage.unproven
    /// The number of rows of a full page, as requested or capped; nil: no page has shown it.
    var pageSize: Int?
    /// Whether the count includes rows that no page shows.
    var countsHiddenRows = false
    /// Whether a first page has had rows: an empty first page is then an exception.
    var firstPageHasRows = false

    /// The habits that are assumed for other collections of the workspace, until their own pages show others.
    var ofWorkspace: PagingHabits {
        var habits = self
        if count == .wrong { habits.count = .unknown }
        // A complete list of one route shows nothing about the pages of another, from which rows may be hidden.
        habits.shortPage = .unproven
        habits.countsHiddenRows = false
        return habits
    }

    /// Whether a habit may have been inferred from rows that moved, so that it is forgotten after a while.
    var isDoubtful: Bool { count == .wrong || shortPage == .anywhere || countsHiddenRows }

    /// These habits, with the doubtful ones of another value, which only time disproves.
    func keepingDoubts(of other: PagingHabits) -> PagingHabits {
        var habits = self
        if other.count == .wrong { habits.count = .wrong }
        if other.shortPage == .anywhere { habits.shortPage = .anywhere }
        habits.countsHiddenRows = countsHiddenRows || other.countsHiddenRows
        habits.firstPageHasRows = firstPageHasRows || other.firstPageHasRows
        return habits
    }

    /// These habits, filled in from others where these are unknown.
    func filled(from other: PagingHabits) -> PagingHabits {
        var habits = self
        if count == .unknown { habits.count = other.count }
        habits.shortPage = shortPage.filled(from: other.shortPage)
        habits.pageSize = pageSize ?? other.pageSize
        habits.firstPageHasRows = firstPageHasRows || other.firstPageHasRows
        return habits
    }
}

extension PagingHabits.ShortPage {
    /// This meaning, combined with the one that other pages have shown.
    fileprivate func filled(from other: Self) -> Self {
        switch (self, other) {
        case (.unproven, _): other
        case (.last(let own), .last(let others)): .last(upTo: max(own, others))
        case (.last, _), (.anywhere, _): self
        }
    }
}
