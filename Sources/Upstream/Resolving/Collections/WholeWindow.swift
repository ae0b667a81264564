internal import GraphQL
internal import JSON

/// Cuts a window out of a list that has all rows of a collection.
struct WholeWindow {
    let list: WholeList
    let request: WindowRequest
    let options: WindowOptions

    /// The rows of the window.
    func cut() -> CollectionRows {
        let shown = list.shown
        let found = range(of: shown)
        let range = found.range
        let part = RowNaming.Part(
            entity: options.filter.entity,
            order: options.order,
            fingerprint: options.fingerprint,
            pageSize: PageWindow.everything,
            statesPageSize: false,
            start: request.after,
            end: request.before,
            before: shown[..<range.lowerBound].suffix(RowAnchor.maximumNeighbors).map { CollectionRows.Row($0) },
            behind: shown[range.upperBound...].prefix(RowAnchor.maximumNeighbors).map { CollectionRows.Row($0) }
        )
        return CollectionRows(
            rows: shown[range].map { CollectionRows.Row($0) },
            total: list.total,
            hasNextPage: found.hasNext,
            hasPreviousPage: found.hasPrevious,
            naming: RowNaming(parts: [part]),
            available: found.available
        )
    }

    /// The range of the window's rows, and what is around them.
    private struct Found {
        var range: Range<Int>
        var hasNext: Bool
        var hasPrevious: Bool
        /// The number of rows between the cursors.
        var available: Int
    }

    private func range(of shown: [CollectionPages.Row]) -> Found {
        if let offset = request.offset {
            let start = shown.firstIndex { $0.position.index >= offset } ?? shown.count
            let end = shown.firstIndex { $0.position.index >= offset + (request.first ?? 0) } ?? shown.count
            return Found(
                range: start..<end,
                hasNext: end < shown.count,
                hasPrevious: offset > 0,
                available: shown.count
            )
        }
        let place =
            request.after.map { anchor in
                let bounds = bounds(of: anchor, in: shown)
                return anchor.isNext ? bounds.at : bounds.behind
            } ?? 0
        let lower = min(place, shown.count)
        var upper = shown.count
        if let before = request.before {
            let found = bounds(of: before, in: shown, isEnd: true)
            upper = min(request.includesBefore ? found.behind : found.at, shown.count)
        }
        var range = lower..<max(lower, upper)
        let available = range.count
        let hasPrevious = request.last.map { range.count > $0 } ?? (place > 0)
        var hasNext = request.before != nil && request.first == nil
        if let first = request.first {
            hasNext = range.count > first
            range = range.prefix(first)
        }
        if let last = request.last { range = range.suffix(last) }
        return Found(range: range, hasNext: hasNext, hasPrevious: hasPrevious, available: available)
    }

    /// The number of rows before the one that a cursor names, and up to it; both may exceed the number of rows for a mere position.
    private func bounds(
        of anchor: RowAnchor,
        in shown: [CollectionPages.Row],
        isEnd: Bool = false
    ) -> (at: Int, behind: Int) {
        let old = (at: max(0, anchor.offset - 1), behind: anchor.offset)
        guard anchor.key != nil, anchor.offset > 0 else { return old }
        let identities = shown.enumerated().compactMap { index, row -> AnchorSearch.Row? in
            guard row.document.json.node(row.node).kind == .object else { return nil }
            return AnchorSearch.Row(
                position: RowPosition(page: 1, index: index),
                key: options.filter.key(of: row),
                value: SortKey(of: row.node, in: row.document, member: options.order.member)
            )
        }
        let search = AnchorSearch(anchor: anchor, order: options.order, isEnd: isEnd)
        let end = RowPosition(page: 1, index: shown.count)
        switch search.search(identities, end: end, mayBeEarlier: false, mayBeLater: false) {
        case .found(let position): return (position.index, position.index + 1)
        case .gone(let position): return (position.index, position.index)
        case .earlier, .later, .unknown: return (old.at, old.at)
        }
    }
}
