/// The numbers of rows that the pages of a list have stated, in the order in which they were read.
///
/// They show whether rows can have moved past the border between two pages while these were read at different times.
struct CountTimeline {
    /// When a page was read, and the number of rows that it stated.
    struct Reading: Sendable, Hashable {
        /// Later readings have greater numbers; what was cached before has 0.
        let time: Int
        let count: Int
    }

    /// All readings in order.
    private let readings: [Reading]
    /// Whether new rows stand in front of all others.
    private let isNewestFirst: Bool

    /// Takes all readings of a list.
    init(_ readings: some Sequence<Reading>, isNewestFirst: Bool) {
        self.readings = readings.sorted { $0.time < $1.time }
        self.isNewestFirst = isNewestFirst
    }

    /// Whether no row that was there throughout can stand between two pages, on neither of them.
    ///
    /// Between two calls no more than one row comes or goes, or else its number does not show it.
    ///
    /// - Parameters:
    ///   - page: a page as it was read once.
    ///   - next: the next page as it was read once.
    /// - Returns: false if one may have moved from one page to the other, past the reading of both.
    func isUnbroken(_ page: Reading, _ next: Reading) -> Bool {
        guard page.time <= next.time else {
            // A row that is created moves others to later pages, which were read before.
            return !hasStep(from: next, to: page) { $0 < $1 }
        }
        // For each row that went, which moves others to earlier pages, one has come in front and moved them back.
        if isNewestFirst { return page.count <= next.count }
        return !hasStep(from: page, to: next) { $0 > $1 }
    }

    private func hasStep(from first: Reading, to last: Reading, _ isStep: (Int, Int) -> Bool) -> Bool {
        var previous = first.count
        for reading in readings where reading.time > first.time && reading.time < last.time {
            if isStep(previous, reading.count) { return true }
            previous = reading.count
        }
        return isStep(previous, last.count)
    }
}
