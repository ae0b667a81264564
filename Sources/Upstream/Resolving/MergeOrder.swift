internal import GraphQL
internal import JSON

/// The order in which rows of several workspaces are merged; each workspace is asked to sort by it.
struct MergeOrder {
    let order: RowOrder

    /// The number of rows of each part that precede any row which may still be missing from a part.
    ///
    /// - Parameters:
    ///   - parts: the rows of each workspace so far.
    ///   - growing: whether more rows of a part can be read.
    ///   - count: the most rows that are wanted.
    /// - Returns: the number of rows that are taken from each part.
    func taken(from parts: [CollectionRows], growing: [Bool], count: Int) -> [Int] {
        var positions = Array(repeating: 0, count: parts.count)
        for _ in 0..<count {
            let candidates = parts.indices.filter { positions[$0] < parts[$0].rows.count }
            let isMissing = parts.indices.contains { growing[$0] && positions[$0] == parts[$0].rows.count }
            guard !isMissing,
                let next = candidates.min(by: {
                    isBefore(parts[$0].rows[positions[$0]], parts[$1].rows[positions[$1]])
                })
            else { break }
            positions[next] += 1
        }
        return positions
    }

    /// The number of a workspace's first rows after a cursor that sort before the row which the cursor names.
    ///
    /// When the cursor was made, all these rows sorted after its row, so those that now sort before it are newer.
    ///
    /// - Parameters:
    ///   - rows: the rows of a workspace after the cursor.
    ///   - slug: the name of the workspace.
    ///   - cursor: the cursor after which the rows begin.
    /// - Returns: the number of newer rows.
    func passed(_ rows: CollectionRows, of slug: String, by cursor: PageCursor) -> Int {
        guard case .rows(let anchors, let last?) = cursor, last != slug, let value = anchors[last]?.value else {
            return 0
        }
        let key = SortKey(value)
        return rows.rows.prefix { order.isBefore(sortKey(of: $0), key) }.count
    }

    /// Merges rows, and cuts the window from them.
    func merge(_ parts: [WorkspaceRows], paging: PagingArguments) -> CollectionRows {
        var merged = paging.first == nil ? mergeEnds(parts, paging: paging) : mergeStarts(parts, paging: paging)
        merged.total = Self.total(of: parts)
        merged.unknownTotal = parts.lazy.compactMap { $0.rows.unknownTotal?.ofMissingRows(in: $0.slug) }.first
        merged.problems = parts.flatMap { part in part.rows.problems.map { $0.ofMissingRows(in: part.slug) } }
        return merged
    }

    /// Merges rows from a position on, first to last.
    private func mergeStarts(_ parts: [WorkspaceRows], paging: PagingArguments) -> CollectionRows {
        var positions = Array(repeating: 0, count: parts.count)
        var naming = naming(of: parts, paging)
        let skipped = paging.offset ?? 0
        var rows: [CollectionRows.Row] = []
        var passed = 0
        while rows.count < paging.first ?? 0 {
            let candidates = parts.indices.filter { positions[$0] < parts[$0].rows.rows.count }
            guard let next = candidates.min(by: { isBefore(row(parts, $0, positions), row(parts, $1, positions)) })
            else {
                break
            }
            var taken = row(parts, next, positions)
            taken.part = next
            positions[next] += 1
            passed += 1
            if passed > skipped { rows.append(taken) } else { naming.parts[next].pass(taken) }
        }
        let hasNextPage = parts.indices.contains {
            positions[$0] < parts[$0].rows.rows.count || parts[$0].rows.hasNextPage
        }
        var hasPreviousPage = skipped > 0 || parts.contains { $0.rows.hasPreviousPage }
        if let last = paging.last {
            let counts = parts.compactMap(\.rows.available)
            let available = counts.count == parts.count ? counts.reduce(0, +) : nil
            hasPreviousPage = rows.count > last || (hasNextPage && available ?? .max > last)
            for row in rows.dropLast(last) { naming.parts[row.part].pass(row) }
            rows = rows.suffix(last)
        }
        for (index, part) in parts.enumerated() {
            naming.parts[index].precede(part.rows.rows[positions[index]...])
        }
        return CollectionRows(
            rows: rows,
            total: nil,
            hasNextPage: hasNextPage,
            hasPreviousPage: hasPreviousPage,
            naming: naming
        )
    }

    /// Merges rows before a position, last to first.
    private func mergeEnds(_ parts: [WorkspaceRows], paging: PagingArguments) -> CollectionRows {
        var ends = parts.map(\.rows.rows.count)
        var chosen: [CollectionRows.Row] = []
        var skipped = 0
        while chosen.count < paging.last ?? 0 {
            // Of equal rows, the one of the last workspace is last.
            let candidates = parts.indices.reversed().filter { ends[$0] > 0 }
            let last = candidates.max { isBefore(row(parts, $0, ends, -1), row(parts, $1, ends, -1)) }
            guard let last else { break }
            ends[last] -= 1
            if skipped < paging.skippedAtEnd {
                skipped += 1
            } else {
                var row = row(parts, last, ends)
                row.part = last
                chosen.append(row)
            }
        }
        var naming = naming(of: parts, paging)
        for (index, part) in parts.enumerated() {
            if part.rows.hasPreviousPage { naming.parts[index].isStartKnown = false }
            for row in part.rows.rows[..<ends[index]].suffix(RowAnchor.maximumNeighbors) {
                naming.parts[index].pass(row)
            }
        }
        return CollectionRows(
            rows: chosen.reversed(),
            total: nil,
            hasNextPage: skipped > 0 || parts.contains { $0.rows.hasNextPage },
            hasPreviousPage: parts.indices.contains { ends[$0] > 0 || parts[$0].rows.hasPreviousPage },
            naming: naming
        )
    }

    private func naming(of parts: [WorkspaceRows], _ paging: PagingArguments) -> RowNaming {
        let all = parts.compactMap { part -> RowNaming.Part? in
            guard var naming = part.rows.naming.parts.first else { return nil }
            naming.slug = part.slug
            naming.start = paging.after?.anchor(slug: part.slug)
            // If the cursor has no anchor for the workspace, rows of it before the window have not been read.
            if naming.start == nil, paging.after?.standIn != nil { naming.isStartKnown = false }
            naming.end = paging.before?.rowBehind(slug: part.slug)
            return naming
        }
        return RowNaming(parts: all, isMerged: true, others: others(besides: parts.map(\.slug), paging))
    }

    /// The anchors for workspaces without rows here: where they go on, in the direction in which the rows are read.
    private func others(besides slugs: [String], _ paging: PagingArguments) -> [String: RowAnchor] {
        guard paging.first == nil else { return paging.after?.anchors(besides: slugs) ?? [:] }
        var anchors = paging.before?.anchors(besides: slugs) ?? [:]
        // The cursor's own row has been shown: in a cursor whose own row is another one, its anchor would stand for rows up to it.
        if case .rows(_, let own?)? = paging.before { anchors[own] = anchors[own]?.beforeItsRow }
        return anchors
    }

    /// The number of rows of all parts; nil if that of one is unknown.
    private static func total(of parts: [WorkspaceRows]) -> Int? {
        let totals = parts.compactMap(\.rows.total)
        return totals.count == parts.count ? totals.reduce(0, +) : nil
    }

    private func row(
        _ parts: [WorkspaceRows],
        _ part: Int,
        _ positions: [Int],
        _ distance: Int = 0
    ) -> CollectionRows.Row {
        parts[part].rows.rows[positions[part] + distance]
    }

    /// Whether a row comes before another; equal rows have the order of their workspaces.
    private func isBefore(_ left: CollectionRows.Row, _ right: CollectionRows.Row) -> Bool {
        order.isBefore(sortKey(of: left), sortKey(of: right))
    }

    private func sortKey(of row: CollectionRows.Row) -> SortKey {
        SortKey(of: row.node, in: row.document, member: order.member)
    }
}

extension PagingArguments {
    /// The paging arguments with which each workspace is read, so that the merge has all rows that can be in the result.
    var forMerging: PagingArguments {
        if let offset { return PagingArguments(first: offset + count) }
        guard let first else {
            return PagingArguments(after: after, before: before, first: nil, last: count + skippedAtEnd)
        }
        return PagingArguments(after: after, before: before, first: first)
    }

    /// The number of last merged rows that are not in the window: 1, the cursor's own row, if the cursor does not state its workspace;
    /// otherwise 0.
    var skippedAtEnd: Int {
        if case .rows(_, last: nil)? = before { 1 } else { 0 }
    }

    /// The same arguments with another number of rows from the beginning.
    func with(first: Int) -> PagingArguments {
        PagingArguments(offset: offset, after: after, before: before, first: first, last: last)
    }
}
