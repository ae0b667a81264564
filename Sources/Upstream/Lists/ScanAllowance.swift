/// How many pages a scan may read in vain.
struct ScanAllowance: Sendable {
    /// The most pages that are ever read in vain.
    private let limit: Int
    private(set) var granted: Int

    /// - Parameter keys: how many keys are looked for.
    init(keys: Int) {
        limit = keys < 2 ? 0 : max(1, keys / 4)
        granted = min(limit, keys < 20 ? 1 : 2)
    }

    /// Whether no more pages can be allowed.
    var isExhausted: Bool { granted >= limit }

    /// Allows for more pages; false if no more are.
    mutating func grant(_ pages: Int) -> Bool {
        guard !isExhausted else { return false }
        granted = min(limit, granted + max(1, pages))
        return true
    }
}
