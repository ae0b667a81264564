/// Pages of collections that are counted already: fields that ask for other windows of the same collections share them.
struct KnownPages {
    private var ranges: [RowSetIDs.Key: [ClosedRange<Int>]] = [:]
    private var scanned: Set<RowSetIDs.Key> = []

    /// More separate runs of pages than this are not remembered: what they share is counted again.
    private static let maximumRanges = 8

    /// Counts pages; returns how many are new.
    mutating func add(_ pages: ClosedRange<Int>, of key: RowSetIDs.Key) -> Int {
        // Runs are separate from each other, so that no page is subtracted twice.
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

    /// Whether the collection of all parents is counted for the first time.
    mutating func addWhole(of key: RowSetIDs.Key) -> Bool { scanned.insert(key).inserted }
}
