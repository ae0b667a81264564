internal import JSON

/// The known objects of a collection, and the changes that its next page shows.
///
/// The objects that changed last come first, so that one page shows all changes since it was read before. Changes that it cannot
/// show are noticed by the count: then all pages are read in turn, as they always are where the upstream does not sort.
///
/// A value without a clock and without input or output.
struct CollectionWatch: Sendable, Equatable {
    /// The page that is read next.
    enum Turn: Sendable, Hashable {
        /// The page of the objects that changed last.
        case newest
        /// Another page, by its number from 1: one of all that are read in turn.
        case page(Int)
    }

    /// A change that a page shows.
    struct Finding: Sendable, Equatable {
        enum Kind: Sendable, Equatable {
            case created
            case updated
            /// The list does not show the object any more: it was deleted, or the upstream leaves it out.
            case vanished
        }

        let kind: Kind
        /// The object's key.
        let key: String
        /// The row of the object; nil: there is none.
        let row: PageReading.Row?
    }

    /// The changes that a page shows.
    struct Findings: Sendable, Equatable {
        var changes: [Finding] = []
        /// Whether something else has changed, without a known object.
        var areIncomplete = false
    }

    private struct Known: Sendable, Equatable {
        let state: Int
        let order: OrderValue?
    }

    /// A reading of all pages in turn.
    private struct Walk: Sendable, Equatable {
        var nextPage: Int
        var seen: Set<ExactString>
        /// The greatest sort value before the walk: objects with a greater one have changed since.
        let newest: OrderValue?
        /// The number of times in a row that the next page has failed.
        var failures = 0
        /// The number of pages in a row that have been left out because they failed.
        var gap = 0
        /// Whether any page has been left out.
        var hasGaps = false
    }

    /// The most objects that are remembered; objects of larger collections are not named when they vanish.
    static let maximumObjects = 10_000
    /// If more objects than this vanish at once, none of them is named.
    static let maximumVanished = 25
    /// The number of failures after which a walk leaves out a page: a choice, so that a page which always fails does not block others.
    static let maximumFailures = 3
    /// The number of pages left out in a row with which a walk ends, because there are probably no more pages.
    static let maximumGap = 2
    /// The size of the largest collection that is read as a whole when the watch begins, so that vanished objects can be named.
    static let maximumFirstWalk = 1000

    /// Whether the upstream sorts as requested.
    private(set) var isSorted = true
    private var known: [ExactString: Known] = [:]
    /// The keys of the rows of the newest page.
    private var newestKeys: [String] = []
    private var newestOrder: OrderValue?
    /// Whether all rows of the newest page have one sort value, so that others with that value may be on the next page.
    private var isTied = false
    private var count: Int?
    /// Whether a page has been read with which the next pages can be compared.
    private(set) var wasRead = false
    /// Whether all objects are known, so that an unknown one is new.
    private var isWhole = false
    private var walk: Walk?
    private var walksNext = false

    /// The page that is to be read now.
    var turn: Turn {
        guard let walk else { return isSorted ? .newest : .page(1) }
        return !isSorted || walksNext ? .page(walk.nextPage) : .newest
    }

    /// Records that the page of the turn has not changed.
    mutating func takeUnchanged() { walksNext = walk != nil && !walksNext }

    /// Records that the page of the turn could not be read.
    ///
    /// A page that fails repeatedly is left out; where there is a newest page, only if that can be read in between.
    mutating func takeFailed() {
        guard case .page(let number) = turn else { return }
        walksNext = false
        var walk = walk ?? Walk(nextPage: number, seen: [], newest: newestOrder)
        walk.failures += 1
        self.walk = walk
        guard walk.failures >= Self.maximumFailures else { return }
        walk.nextPage = number + 1
        (walk.failures, walk.gap, walk.hasGaps) = (0, walk.gap + 1, true)
        if walk.gap >= Self.maximumGap { leaveWalk() } else { self.walk = walk }
    }

    /// Records that the upstream does not sort as requested, or does not accept the page's number: from now on all pages are read in
    /// turn, from the first on.
    mutating func doesNotSort() {
        isSorted = false
        walk = nil
        walksNext = false
    }

    /// Applies the page of the turn.
    ///
    /// - Parameter page: the page.
    /// - Returns: the changes since the pages before.
    mutating func take(_ page: PageReading) -> Findings {
        switch turn {
        case .newest:
            guard page.isSorted else {
                doesNotSort()
                // These rows may be of any page: the walk begins by reading the first page without sorting.
                return Findings(changes: [], areIncomplete: wasRead)
            }
            let findings = takeNewest(page)
            walksNext = walk != nil
            return findings
        case .page(let number):
            walksNext = false
            return takeNext(page, number: number)
        }
    }

    // MARK: - The newest page

    private mutating func takeNewest(_ page: PageReading) -> Findings {
        defer { note(page) }
        guard wasRead else {
            wasRead = true
            isWhole = !page.isFull
            if page.isFull, page.count.map({ $0 <= Self.maximumFirstWalk }) ?? false {
                begin(with: page, since: page.rows.first?.order)
            }
            return Findings()
        }
        var findings = Findings(changes: changes(in: page, since: newestOrder))
        var vanished = vanishedKeys(in: page)
        if vanished.count > Self.maximumVanished {
            // Subscribers would look up each of them.
            for key in vanished { known[ExactString(key)] = nil }
            vanished = []
            findings.areIncomplete = true
        }
        findings.changes += vanished.map { Finding(kind: .vanished, key: $0, row: nil) }
        for key in vanished { known[ExactString(key)] = nil }
        // The pages that a walk has read may have changed since: it begins again.
        let goesOn = mayGoOn(page)
        if goesOn || missesChanges(page, findings.changes) {
            findings.areIncomplete = true
            if goesOn || walk == nil { begin(with: page, since: walk.map(\.newest) ?? newestOrder) }
        }
        return findings
    }

    /// The changes of the objects on a page.
    private func changes(in page: PageReading, since newest: OrderValue?) -> [Finding] {
        page.rows.compactMap { row in
            if let old = known[ExactString(row.key)] {
                return old.state == row.state ? nil : Finding(kind: .updated, key: row.key, row: row)
            }
            if isWhole { return Finding(kind: .created, key: row.key, row: row) }
            // A row with an older value than those seen has moved up, because others have vanished.
            guard let newest, let order = row.order, isTied ? newest < order : !(order < newest) else { return nil }
            let isNew = row.creation.map { newest < $0 } ?? false
            return Finding(kind: isNew ? .created : .updated, key: row.key, row: row)
        }
    }

    /// The keys of the objects that should be on the page and are not.
    private func vanishedKeys(in page: PageReading) -> [String] {
        let keys = Set(page.rows.map { ExactString($0.key) })
        let missing = newestKeys.filter { !keys.contains(ExactString($0)) && known[ExactString($0)] != nil }
        guard page.isFull, let last = page.rows.last?.order else { return missing }
        // Newer objects have pushed the others to the next page.
        return missing.filter { key in known[ExactString(key)]?.order.map { last < $0 } ?? false }
    }

    /// Whether no row of a page is as it was before, so that rows of the next page may be new as well.
    private func mayGoOn(_ page: PageReading) -> Bool {
        let isAsNew = isTied && page.rows.first?.order == newestOrder
        return page.isFull && !isAsNew && page.rows.allSatisfy { known[ExactString($0.key)]?.state != $0.state }
    }

    /// Whether the count shows that more has changed than a page shows.
    private func missesChanges(_ page: PageReading, _ changes: [Finding]) -> Bool {
        guard let before = count, let after = page.count else { return false }
        let gone = changes.count { $0.kind == .vanished }
        let marked = changes.count { $0.row?.isDeleted ?? false }
        let certain = changes.count { $0.kind == .created && !($0.row?.isDeleted ?? false) }
        // An object that was unknown before may be a new one.
        let unknown = changes.count { $0.kind == .updated && known[ExactString($0.key)] == nil }
        let possible = (before - gone - marked + certain)...(before - gone + certain + unknown)
        return !possible.contains(after)
    }

    private mutating func note(_ page: PageReading) {
        if known.count + page.rows.count(where: { known[ExactString($0.key)] == nil }) > Self.maximumObjects {
            // The rows of this page must be remembered: otherwise each reading would find them new.
            let keys = Set(page.rows.map { ExactString($0.key) })
            known = known.filter { keys.contains($0.key) }
            isWhole = false
        }
        for row in page.rows { remember(row) }
        newestKeys = page.rows.map(\.key)
        if let first = page.rows.first?.order {
            if newestOrder.map({ $0 < first }) ?? true { newestOrder = first }
            isTied = page.isFull && page.rows.last?.order == first
        }
        count = page.count
        if !page.isFull { isWhole = page.rows.count <= Self.maximumObjects }
    }

    private mutating func remember(_ row: PageReading.Row) {
        if known[ExactString(row.key)] == nil, known.count >= Self.maximumObjects {
            isWhole = false
            return
        }
        known[ExactString(row.key)] = Known(state: row.state, order: row.order)
    }

    // MARK: - All pages in turn

    private mutating func begin(with page: PageReading, since newest: OrderValue?) {
        walk = Walk(nextPage: 2, seen: Set(page.rows.map { ExactString($0.key) }), newest: newest)
    }

    private mutating func takeNext(_ page: PageReading, number: Int) -> Findings {
        var walk = walk ?? Walk(nextPage: 1, seen: [], newest: newestOrder)
        var findings = Findings()
        if isWhole || isSorted {
            findings.changes = changes(in: page, since: walk.newest)
        } else {
            findings.changes = changes(in: page, since: nil).filter { known[ExactString($0.key)] != nil }
        }
        for row in page.rows {
            walk.seen.insert(ExactString(row.key))
            remember(row)
        }
        (walk.failures, walk.gap) = (0, 0)
        let isEnd = page.rows.isEmpty || !page.isFull || walk.seen.count >= page.count ?? .max
        let isOver = isEnd || walk.seen.count >= Self.maximumObjects
        if isOver, walk.hasGaps {
            leaveWalk()
        } else if isOver {
            finish(walk, isEnd: isEnd, &findings)
        } else {
            walk.nextPage = number + 1
            self.walk = walk
        }
        return findings
    }

    /// Ends a walk that has left out pages: objects missing from its other pages may be on these, so none is known to have vanished.
    private mutating func leaveWalk() {
        walk = nil
        wasRead = true
        if isSorted { isWhole = false }
    }

    private mutating func finish(_ walk: Walk, isEnd: Bool, _ findings: inout Findings) {
        self.walk = nil
        wasRead = true
        guard isEnd else {
            isWhole = false
            return
        }
        let gone = known.keys.filter { !walk.seen.contains($0) }.map(\.string).sorted()
        if isWhole, gone.count <= Self.maximumVanished {
            findings.changes += gone.map { Finding(kind: .vanished, key: $0, row: nil) }
        } else if isWhole {
            findings.areIncomplete = true
        }
        for key in gone { known[ExactString(key)] = nil }
        isWhole = walk.seen.allSatisfy { known[$0] != nil }
    }
}
