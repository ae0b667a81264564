/// The pages of collections that have been counted: fields with other windows of the same collections share them.
struct KnownPages {
    private var ranges: [RowSetIDs.Key: [ClosedRange<Int>]] = [:]
    private var scanned: Set<RowSetIDs.Key> = []

    /// The most separate ranges of pages that are remembered; pages of further ranges are counted again.
    private static let maximumRanges = 8

    /// Counts pages; returns the number of new ones.
    mutating func add(_ pages: ClosedRange<Int>, of key: RowSetIDs.Key) -> Int {
        // Ranges are disjoint, so that no page is subtracted twice.
        var cached: [ClosedRange<Int>] = []
        var union = pages
        var fresh = pages.count
        for range in ranges[key] ?? [] {
            let isApart = range.upperBound < pages.lowerBound - 1 || range.lowerBound > pages.upperBound + 1
            if !isApart {
                fresh -= range.overlaps(pages) ? range.clamped(to: pages).count : 0
                union = min(union.lowerBound, range.lowerBound)...max(union.upperBound, range.upperBound)
            } else {
                cached.append(range)
            }
        }
        if cached.count < Self.maximumRanges { cached.append(union) }
        ranges[key] = cached
        return fresh
    }

    /// Whether the list of all parents' rows is counted for the first time; marks it as counted.
    mutating func addWhole(of key: RowSetIDs.Key) -> Bool { scanned.insert(key).inserted }
}
