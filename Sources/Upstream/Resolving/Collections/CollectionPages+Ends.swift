internal import GraphQL
internal import JSON

extension CollectionPages {
    /// Whether a page that cannot be read has no rows.
    func isPastEnd(_ page: Int, _ failure: FieldFailure) async -> Bool {
        // As many rows are there as are counted: the page could only have proved that no others follow.
        if extent.reachesCount(page - 1) { return true }
        guard failure.isRefusal, extent.continuation(after: page - 1) != .rows else { return false }
        // Where no count says that there is one, and the list has other pages, it is refused because of its number. If no other page
        // has been read, the list itself may be refused: the first page shows which it is.
        guard extent.lastFound == nil, rows(of: 1) == nil else { return true }
        return await fetch([1]) != nil && extent.continuation(after: page - 1) != .rows
    }

    /// Whether a page has the rows of the one before it: an upstream that does not know the number of pages responds so, for ever.
    func repeatsEarlierPage(_ rows: [Row], _ page: Int) -> Bool {
        guard page > 1 else { return false }
        let earlier = [page - 1, 1].lazy.compactMap { self.rowsOfPage[$0] }.first { !$0.isEmpty }
        return earlier.map { areAlike(rows, $0) } ?? false
    }

    /// The later pages that have been read already and have the rows of a page, where the upstream chooses how many these are.
    func pagesThatRepeat(_ rows: [Row], of page: Int) -> [Int] {
        guard extent.ignoresSize else { return [] }
        return readPages.filter { $0 > page && areAlike(rowsOfPage[$0] ?? [], rows) }
    }

    /// Whether two pages have the same rows, which are several and have keys.
    private func areAlike(_ rows: [Row], _ others: [Row]) -> Bool {
        guard let entity = purpose.entity, rows.count > 1, rows.count == others.count else { return false }
        return zip(rows, others).allSatisfy { row, other in
            guard let key = entity.key(of: row.node, in: row.document) else { return false }
            return entity.key(of: other.node, in: other.document).map { OpaqueText($0) == OpaqueText(key) } ?? false
        }
    }
}

extension FieldFailure {
    /// Whether the upstream has refused the call because of what it asks for.
    fileprivate var isRefusal: Bool {
        extensions["code"] == .string(ErrorCode.badUserInput.rawValue) && extensions["status"] != nil
    }
}
