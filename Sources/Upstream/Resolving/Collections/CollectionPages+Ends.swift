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
}

extension FieldFailure {
    /// Whether the upstream has refused the call because of what it asks for.
    fileprivate var isRefusal: Bool {
        extensions["code"] == .string(ErrorCode.badUserInput.rawValue) && extensions["status"] != nil
    }
}
