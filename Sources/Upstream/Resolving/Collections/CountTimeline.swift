/// The counts that the pages of a list have stated, in the order in which they were read.
///
/// They show whether rows can have moved past the boundary between two pages that were read at different times.
struct CountTimeline {
    /// One reading of a page: its time, and the count that it stated.
    struct Reading: Sendable, Hashable {
        /// The logical time: later readings have greater numbers, and pages that were cached before have 0.
        let time: Int
        let count: Int
    }

    /// All readings in order.
    private let readings: [Reading]
    /// Whether new rows come before all others.
    private let isNewestFirst: Bool

    /// Makes the timeline of all readings of a list.
    init(_ readings: some Sequence<Reading>, isNewestFirst: Bool) {
        self.readings = readings.sorted { $0.time < $1.time }
        self.isNewestFirst = isNewestFirst
    }

    /// Whether no row that existed throughout can be missing from two neighboring pages.
    ///
    /// This assumes that at most one row comes or goes between two calls; a count does not show two that cancel out.
    ///
    /// - Parameters:
    ///   - page: one reading of a page.
    ///   - next: one reading of the next page.
    /// - Returns: false if a row may have moved from one page to the other so that neither reading has it.
    func isUnbroken(_ page: Reading, _ next: Reading) -> Bool {
        guard page.time <= next.time else {
            // A new row moves others to later pages, which were read before.
            return !hasStep(from: next, to: page) { $0 < $1 }
        }
        // For each deleted row, which moves others to earlier pages, a new one has come before them and moved them back.
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
