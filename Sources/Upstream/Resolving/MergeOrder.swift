internal import GraphQL
internal import JSON

/// The rows of one workspace that go into a merge.
struct WorkspaceRows {
    let slug: String
    let rows: CollectionRows
}

/// The order in which rows of several workspaces are merged, which each of them is asked to sort by.
struct MergeOrder {
    private let member: JSONKey
    private let isDescending: Bool

    init(request: FieldRequest, collection: Collection, conventions: UpstreamConventions) {
        func given(_ parameter: String?) -> String? {
            guard let parameter, let argument = collection.template.argument(for: parameter),
                case .string(let text)? = request.arguments[argument]
            else { return nil }
            return text
        }
        let sort = given(conventions.sortParameter) ?? conventions.defaultSort
        let order = given(conventions.orderParameter) ?? conventions.defaultOrder
        // Without a member to sort by, rows of one workspace come before those of the next.
        member = JSONKey(sort ?? "")
        isDescending = order?.lowercased() == "desc"
    }

    /// How many rows of each part go before any row that may be missing from one of them.
    ///
    /// - Parameters:
    ///   - parts: the rows of each workspace so far.
    ///   - growing: whether more rows of a part can be had.
    ///   - count: how many rows are wanted at most.
    /// - Returns: the number of rows taken from each.
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

    /// Merges rows, cuts the window, and gives each row a cursor that says how far every workspace has been read.
    func merge(_ parts: [WorkspaceRows], paging: PagingArguments) -> CollectionRows {
        if case .before = paging.anchor { return mergeEnds(parts, paging: paging) }
        var positions = Array(repeating: 0, count: parts.count)
        var offsets = paging.startOffsets(of: parts.map(\.slug))
        let skipped = paging.skippedBeforeMerging
        var rows: [CollectionRows.Row] = []
        var passed = 0
        while rows.count < paging.count {
            let candidates = parts.indices.filter { positions[$0] < parts[$0].rows.rows.count }
            guard let next = candidates.min(by: { isBefore(row(parts, $0, positions), row(parts, $1, positions)) })
            else {
                break
            }
            let taken = parts[next].rows.rows[positions[next]]
            positions[next] += 1
            offsets[parts[next].slug, default: 0] += 1
            passed += 1
            if passed > skipped {
                rows.append(
                    CollectionRows.Row(document: taken.document, node: taken.node, cursor: .offsets(offsets))
                )
            }
        }
        return CollectionRows(
            rows: rows,
            total: Self.total(of: parts),
            hasNextPage: parts.indices.contains {
                positions[$0] < parts[$0].rows.rows.count || parts[$0].rows.hasNextPage
            },
            hasPreviousPage: skipped > 0 || parts.contains { $0.rows.hasPreviousPage }
        )
    }

    /// Merges the rows before a place from the last one on.
    private func mergeEnds(_ parts: [WorkspaceRows], paging: PagingArguments) -> CollectionRows {
        var ends = parts.map(\.rows.rows.count)
        var chosen: [(part: Int, row: CollectionRows.Row)] = []
        var skipped = 0
        while chosen.count < paging.count {
            // Of equal rows, that of the last workspace stands last.
            let candidates = parts.indices.reversed().filter { ends[$0] > 0 }
            let last = candidates.max { isBefore(row(parts, $0, ends, -1), row(parts, $1, ends, -1)) }
            guard let last else { break }
            ends[last] -= 1
            if skipped < paging.skippedAfterMerging {
                skipped += 1
            } else {
                chosen.append((last, parts[last].rows.rows[ends[last]]))
            }
        }
        var offsets: [String: Int] = [:]
        for (part, end) in zip(parts, ends) {
            let offset = part.rows.offset(before: end)
            if offset > 0 { offsets[part.slug] = offset }
        }
        var rows: [CollectionRows.Row] = []
        for (part, row) in chosen.reversed() {
            offsets[parts[part].slug, default: 0] += 1
            rows.append(CollectionRows.Row(document: row.document, node: row.node, cursor: .offsets(offsets)))
        }
        return CollectionRows(
            rows: rows,
            total: Self.total(of: parts),
            hasNextPage: skipped > 0 || parts.contains { $0.rows.hasNextPage },
            hasPreviousPage: parts.indices.contains { ends[$0] > 0 || parts[$0].rows.hasPreviousPage }
        )
    }

    /// The rows of all parts, if each of them is known.
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

    /// Whether a row comes before another; equal ones keep the order of their workspaces.
    private func isBefore(_ left: CollectionRows.Row, _ right: CollectionRows.Row) -> Bool {
        let first = SortKey(left, member)
        let second = SortKey(right, member)
        return isDescending ? second.isLess(than: first) : first.isLess(than: second)
    }

    /// The value that a row is sorted by.
    private enum SortKey {
        case none
        case number(JSONNumber)
        case text(String)

        init(_ row: CollectionRows.Row, _ member: JSONKey) {
            guard let node = row.document.json.member(member, of: row.node) else {
                self = .none
                return
            }
            if let number = row.document.json.numberValue(of: node) {
                self = .number(number)
            } else if let text = row.document.json.stringValue(of: node) {
                self = .text(text)
            } else {
                self = .none
            }
        }

        func isLess(than other: SortKey) -> Bool {
            switch (self, other) {
            case (.number(let left), .number(let right)): left.isLess(than: right)
            case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
            case (.number, .text): true
            // Rows without a value come last when ascending, first when descending.
            case (.number, .none), (.text, .none): true
            case (.text, .number), (.none, _): false
            }
        }
    }
}

extension PagingArguments {
    /// What each workspace is asked for, so that the merge has all rows that can be in the window.
    var forMerging: PagingArguments {
        switch anchor {
        case .after, .before(nil), .before(.offset): self
        // All rows up to the cursor's own, which stands last of them, whichever workspace it is of.
        case .before(.offsets(let offsets)):
            PagingArguments(anchor: .before(.offsets(offsets.mapValues { $0 + 1 })), count: count + skippedAfterMerging)
        case .offset(let offset): PagingArguments(anchor: .offset(0), count: offset + count)
        }
    }

    /// How many merged rows come before the window.
    var skippedBeforeMerging: Int {
        if case .offset(let offset) = anchor { offset } else { 0 }
    }

    /// How many merged rows come after the window and before the place that it ends at.
    var skippedAfterMerging: Int {
        if case .before(.offsets) = anchor { 1 } else { 0 }
    }

    /// How far each workspace has been read before the merge.
    func startOffsets(of slugs: [String]) -> [String: Int] {
        guard case .after(let cursor?) = anchor else { return [:] }
        switch cursor {
        case .offset(let offset): return Dictionary(uniqueKeysWithValues: slugs.map { ($0, offset) })
        case .offsets(let offsets): return offsets
        }
    }
}
