/// The number of pages that a scan may read in vain.
struct ScanAllowance: Sendable {
    /// The most pages that a scan may ever read in vain.
    private let limit: Int
    /// The number of pages that it may read in vain so far.
    private(set) var granted: Int

    /// - Parameter keys: the number of keys to find.
    init(keys: Int) {
        limit = keys < 2 ? 0 : max(1, keys / 4)
        granted = min(limit, keys < 20 ? 1 : 2)
    }

    /// Whether no more pages can be granted.
    var isExhausted: Bool { granted >= limit }

    /// Grants more pages, at least one, up to the limit; returns false if the limit is reached.
    mutating func grant(_ pages: Int) -> Bool {
        guard !isExhausted else { return false }
        granted = min(limit, granted + max(1, pages))
        return true
    }
}
