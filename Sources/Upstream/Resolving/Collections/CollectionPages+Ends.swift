internal import GraphQL
internal import JSON

extension CollectionPages {
    /// Whether a page that cannot be read has no rows.
    func isPastEnd(_ page: Int, _ failure: FieldFailure) async -> Bool {
        // The pages before it have as many rows as the count: the page could only have proven that no others follow.
        if extent.reachesCount(page - 1) { return true }
        guard failure.isRefusal, extent.continuation(after: page - 1) != .rows else { return false }
        // If no count says that the page exists and the list has other pages, its number is the reason. If no other page has been read,
        // the list itself may be the reason: the first page shows which it is.
        guard extent.lastFound == nil, rows(of: 1) == nil else { return true }
        return await fetch([1]) != nil && extent.continuation(after: page - 1) != .rows
    }

    /// Whether a page has the rows of the page before it, or of the first one: some upstreams respond to each page after the last so.
    func repeatsEarlierPage(_ rows: [Row], _ page: Int) -> Bool {
        guard page > 1, rows.count > 1 else { return false }
        if [page - 1, 1].contains(where: { areAlike(rows, rowsOfPage[$0] ?? []) }) { return true }
        return rowsOfPage[1] == nil && areAlike(rows, storedFirstPage(countedLike: rows[0].document))
    }

    /// Whether a page counts as missing because it has the rows of the stored first page, which this field has not read.
    func repeatsStoredFirstPage(_ page: Int) -> Bool {
        rowsOfPage[1] == nil && extent.page(page)?.isMissing == true && documentOfPage[page] != nil
    }

    /// The stored rows of the first page, if it states the same count as another page; otherwise as many rows may have come before it since
    /// as a page has.
    private func storedFirstPage(countedLike other: SourceDocument) -> [Row] {
        let reader = session.reader(of: list.workspace)
        guard let count = reader.count(in: other),
            let document = session.storedResponse(to: call(for: 1), purpose: purpose)?.document,
            reader.count(in: document) == count, let array = reader.rows(in: document)
        else { return [] }
        return document.json.elements(of: array).enumerated().map { index, node in
            Row(document: document, node: node, position: RowPosition(page: 1, index: index))
        }
    }

    /// The later pages that have been read already and repeat the rows of a page, if the upstream chooses the size of pages.
    func pagesThatRepeat(_ rows: [Row], of page: Int) -> [Int] {
        guard extent.ignoresSize else { return [] }
        return readPages.filter { $0 > page && areAlike(rowsOfPage[$0] ?? [], rows) }
    }

    /// Whether two pages have the same rows, which are several and have keys, or are no objects.
    private func areAlike(_ rows: [Row], _ others: [Row]) -> Bool {
        guard let entity = purpose.entity, rows.count > 1, rows.count == others.count else { return false }
        return zip(rows, others).allSatisfy { row, other in
            let (json, otherJSON) = (row.document.json, other.document.json)
            guard json.node(row.node).kind == .object, otherJSON.node(other.node).kind == .object else {
                return json.rawBytes(of: row.node).elementsEqual(otherJSON.rawBytes(of: other.node))
            }
            guard let key = entity.key(of: row.node, in: row.document) else { return false }
            return entity.key(of: other.node, in: other.document).map { OpaqueText($0) == OpaqueText(key) } ?? false
        }
    }
}

extension FieldFailure {
    /// Whether the upstream has rejected the call because of its parameters.
    fileprivate var isRefusal: Bool {
        extensions["code"] == .string(ErrorCode.badUserInput.rawValue) && extensions["status"] != nil
    }
}
