extension CollectionExtent {
    /// The contradiction between a count and the rows of pages, if any.
    enum Contradiction: Sendable, Hashable {
        /// The collection ended before as many rows were found as its count says.
        case countTooHigh(count: Int, found: Int)
        /// More rows were found than the count says.
        case countTooLow(count: Int, found: Int)
    }

    /// How the count of these pages contradicts their rows; nil: it does not.
    var contradiction: Contradiction? {
        guard let count = latestCount else { return nil }
        switch countMeaning {
        case .unknown, .page:
            return nil
        case .wrong:
            guard known.count != .wrong else { return nil }
            let most = pages.reduce(0) { most, page in
                page.found > 0 ? max(most, certainlyReached(page) - repeated(through: page.number)) : most
            }
            return most > count ? .countTooLow(count: count, found: most) : nil
        case .total, .provenTotal:
            guard isEnded else { return nil }
            guard let last = lastFound else { return count > 0 ? .countTooHigh(count: count, found: 0) : nil }
            guard let sum = sum(through: last.number) else {
                let endsEarly = last.number < statedLastPage ?? 0
                return endsEarly ? .countTooHigh(count: count, found: reached(last)) : nil
            }
            // Where rows come and go while pages are read, their number is one of those that are counted.
            let counts = pages.compactMap(\.count)
            let counted = (counts.min() ?? count)...(counts.max() ?? count)
            // A count of rows that differ is right where the upstream lists some of them twice.
            if counted ~= sum || counted ~= sum - repeated(through: last.number) { return nil }
            return sum < count
                ? .countTooHigh(count: count, found: sum) : .countTooLow(count: count, found: sum)
        }
    }

    /// The upstream's habits, as known after these pages.
    var learned: PagingHabits {
        var habits = known
        habits.count = countMeaning
        habits.pageSize = learnedPageSize
        let last = lastFound
        if hasShortPageWithin { habits.shortPage = .anywhere }
        if let first = page(1), first.found > 0 { habits.firstPageHasRows = true }
        guard isEnded else { return habits }
        if let contradiction {
            guard case .countTooHigh = contradiction, mayCountHiddenRows else {
                habits.count = .wrong
                // A list that ends early may have a wrong count, or have lost rows from its pages: both are taken for possible.
                if case .countTooHigh = contradiction, let last, last.found < pageSize { habits.shortPage = .anywhere }
                return habits
            }
            if isFollowedByNothing(last?.number ?? 0) { habits.countsHiddenRows = true }
            return habits
        }
        guard let last else { return habits }
        let isChecked = last.number > 1 || isFollowedByNothing(last.number)
        if countMeaning.isTotal, isChecked, sum(through: last.number) != nil || isPageSizeProven {
            habits.count = .provenTotal
        }
        if last.found < pageSize, isFollowedByNothing(last.number) {
            switch habits.shortPage {
            case .anywhere: break
            case .last(let most): habits.shortPage = .last(upTo: max(most, last.found))
            case .unproven: habits.shortPage = .last(upTo: last.found)
            }
        }
        return habits
    }

    /// Whether the count can be that of all rows, of which some are hidden, by the last page that has rows.
    private var mayCountHiddenRows: Bool {
        guard let last = lastFound?.number, let stated = statedLastPage else { return true }
        // Rows behind those that are counted show that it is wrong, if it is known how many rows pages have.
        return last == stated || last > stated && !isPageSizeProven
    }

    /// Whether a page has fewer rows than others, and is not the last.
    var hasShortPageWithin: Bool {
        guard let last = lastFound else { return false }
        return pages.contains { $0.number < last.number && $0.found < pageSize }
    }

    /// How many rows there are, if a page without rows has shown that none follow the last ones.
    var totalBeforeEmptyPage: Int? { isFollowedByNothing(lastFound?.number ?? 0) ? total : nil }
}
