internal import Upstream

extension CallReport.Counts {
    /// Adds the calls of another report.
    mutating func add(_ other: CallReport.Counts) {
        made += other.made
        cached += other.cached
        shared += other.shared
        waited += other.waited
    }

    /// The calls since an earlier count.
    ///
    /// - Parameters:
    ///   - earlier: the counts at that time.
    ///   - made: the calls since then that were made for this subscriber; all others count as shared.
    /// - Returns: the calls.
    func since(_ earlier: CallReport.Counts, ownCalls made: Int) -> CallReport.Counts {
        var calls = CallReport.Counts()
        calls.made = made
        calls.cached = cached - earlier.cached
        calls.shared = shared - earlier.shared + self.made - earlier.made - made
        calls.waited = waited - earlier.waited
        return calls
    }
}
