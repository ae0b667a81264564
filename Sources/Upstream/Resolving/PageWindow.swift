/// A range of rows of a collection that a field requests, counted from 0.
struct PageWindow: Hashable, Sendable {
    let offset: Int
    let count: Int

    /// The most rows that a field may request.
    static let maximumCount = 10_000

    /// A count that no collection reaches.
    static let everything = 1 << 40

    /// The numbers of the pages, counted from 1, that have the window's rows.
    func pages(of size: Int) -> ClosedRange<Int> {
        guard size < Self.everything else { return 1...1 }
        let first = offset / size + 1
        return first...max(first, (offset + max(count, 1) - 1) / size + 1)
    }
}
