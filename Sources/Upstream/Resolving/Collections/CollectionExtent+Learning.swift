extension CollectionExtent {
    /// A contradiction between the count and the rows of pages.
    enum Contradiction: Sendable, Hashable {
        /// The collection ended before as many rows were found as its count states.
        case countTooHigh(count: Int, found: Int)
        /// More rows were found than the count states.
        case countTooLow(count: Int, found: Int)
    }

    /// The contradiction between the count of these pages and their rows; nil: there is none.
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
            // Rows may come and go while pages are read: any count between the least and the greatest agrees.
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
            // Its rows may have moved: where the count is wrong, the full page before it is read again and again and stays the same.
            if let last, page(last.number + 1)?.isMissing == true, isFollowedByPromisedPage(last) { return habits }
            guard case .countTooHigh = contradiction, mayCountHiddenRows else {
                habits.count = .wrong
                // If a list ends early, either its count is wrong, or its pages have lost rows: both are assumed to be possible.
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

    /// Whether, judging by the last page that has rows, the count can be that of all rows with some of them hidden.
    private var mayCountHiddenRows: Bool {
        guard let last = lastFound?.number, let stated = statedLastPage else { return true }
        // Rows after those that are counted show that the count is wrong, if the size of pages is known.
        return last == stated || last > stated && !isPageSizeProven
    }

    /// Whether a page other than the last has fewer rows than a full one.
    var hasShortPageWithin: Bool {
        guard let last = lastFound else { return false }
        return pages.contains { $0.number < last.number && $0.found < pageSize }
    }

    /// The number of rows, if a page without rows has shown that none follow the last ones; nil: unknown.
    var totalBeforeEmptyPage: Int? { isFollowedByNothing(lastFound?.number ?? 0) ? total : nil }
}
