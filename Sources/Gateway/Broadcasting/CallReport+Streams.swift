internal import Upstream

extension CallReport.Counts {
    /// Adds the calls of another one.
    mutating func add(_ other: CallReport.Counts) {
        made += other.made
        cached += other.cached
        shared += other.shared
        waited += other.waited
    }

    /// The calls since another one.
    ///
    /// - Parameters:
    ///   - earlier: what had been counted by then.
    ///   - made: how many of those that were made since are the subscriber's own: it shared the others.
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
