/// How an upstream counts rows and fills pages, as far as the pages read so far have shown.
///
/// The documentation of an upstream leaves this open, so that it is learned: for each collection, and for a workspace as a
/// whole where a collection has not been read yet.
struct PagingHabits: Sendable, Hashable {
    /// No upstream caps its pages at less than this part of the rows that are asked for, and hides more of the others.
    static let leastPart = 5

    /// The meaning of the count in a list.
    enum CountMeaning: Sendable, Hashable {
        /// No page has shown it.
        case unknown
        /// The number of all rows, as far as pages have shown.
        case total
        /// The number of all rows: a list ended where its count said.
        case provenTotal
        /// The number of rows in the page.
        case page
        /// A number that contradicted the rows.
        case wrong

        /// Whether the count is taken for the number of all rows.
        var isTotal: Bool { self == .total || self == .provenTotal }
    }

    /// The meaning of a page with fewer rows than others.
    enum ShortPage: Sendable, Hashable {
        /// No page has shown it.
        case unproven
        /// It is the last one, if it has fewer rows than one that was seen to be the last: nothing followed that one.
        case last(upTo: Int)
        /// It can stand anywhere: rows are hidden from pages that have been cut already.
        case anywhere
    }

    var count = CountMeaning.unknown
    var shortPage = ShortPage.unproven
    /// The rows of a full page, once a page has shown it: as many as are asked for, or a smaller cap.
    var pageSize: Int?
    /// Whether the count includes rows that no page shows.
    var countsHiddenRows = false
    /// Whether a first page has had rows: one without any is not the habit.
    var firstPageHasRows = false

    /// The habits that are assumed for other collections of the workspace, until their own pages show others.
    var ofWorkspace: PagingHabits {
        var habits = self
        if count == .wrong { habits.count = .unknown }
        // A complete list of one route says nothing of the pages of another, from which rows may be hidden.
        habits.shortPage = .unproven
        habits.countsHiddenRows = false
        return habits
    }

    /// Whether something was learned that may have been an accident of rows moving, and is forgotten after a while.
    var isDoubtful: Bool { count == .wrong || shortPage == .anywhere || countsHiddenRows }

    /// These habits, and what others show that only time disproves.
    func keepingDoubts(of other: PagingHabits) -> PagingHabits {
        var habits = self
        if other.count == .wrong { habits.count = .wrong }
        if other.shortPage == .anywhere { habits.shortPage = .anywhere }
        habits.countsHiddenRows = countsHiddenRows || other.countsHiddenRows
        habits.firstPageHasRows = firstPageHasRows || other.firstPageHasRows
        return habits
    }

    /// These habits, and what others show where these show nothing.
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
    /// What was shown, and what other pages show beside it.
    fileprivate func filled(from other: Self) -> Self {
        switch (self, other) {
        case (.unproven, _): other
        case (.last(let own), .last(let others)): .last(upTo: max(own, others))
        case (.last, _), (.anywhere, _): self
        }
    }
}
