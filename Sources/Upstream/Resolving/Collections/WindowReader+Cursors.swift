internal import JSON

extension WindowReader {
    /// The rows before a place that the window begins behind, as far as pages show them that others follow.
    ///
    /// A page that is read after others were created shows some of them again.
    ///
    /// - Parameter lower: the place of the cursor.
    /// - Returns: their keys.
    func rowsShown(before lower: RowPosition) -> [OpaqueText] {
        guard let after = request.after, after.key != nil, pages.mayHaveChanged else { return [] }
        let rows = [lower.page - 1, lower.page].flatMap { pages.rows(of: $0) ?? [] }
        let wanted = rows.drop { $0.position < lower }
        return keys(of: rows.prefix { $0.position < lower }, without: wanted, beside: after, after.preceding)
    }

    /// The rows behind a place that the window ends before.
    ///
    /// - Parameter upper: the place of the cursor.
    /// - Returns: their keys.
    func rowsShown(behind upper: RowPosition) -> [OpaqueText] {
        guard let before = request.before, before.key != nil, pages.mayHaveChanged else { return [] }
        let rows = [upper.page, upper.page + 1].flatMap { pages.rows(of: $0) ?? [] }
        let wanted = rows.prefix { $0.position < upper }
        return keys(of: rows.drop { $0.position < upper }, without: wanted, beside: before, before.following)
    }

    /// The keys of rows on the side of a cursor's row that is not wanted.
    ///
    /// - Parameters:
    ///   - rows: the rows on that side.
    ///   - wanted: those on the other one, which two pages may both show that were read at different times.
    ///   - anchor: the cursor's row.
    ///   - neighbors: the keys of rows of its value that were there when the cursor was made.
    /// - Returns: the keys.
    private func keys(
        of rows: ArraySlice<CollectionPages.Row>,
        without wanted: ArraySlice<CollectionPages.Row>,
        beside anchor: RowAnchor,
        _ neighbors: [OpaqueText]
    ) -> [OpaqueText] {
        let value = anchor.value.map { SortKey($0) }
        let wanted = Set(wanted.compactMap { filter.key(of: $0) })
        return rows.compactMap { row in
            guard let key = filter.key(of: row), !wanted.contains(key) else { return nil }
            // Where the upstream changes the order of rows of equal values, others were perhaps not shown.
            let isApart = value.map { !isEqual(SortKey(of: row.node, in: row.document, member: order.member), $0) }
            return isApart ?? false || neighbors.contains(key) ? key : nil
        }
    }

    private func isEqual(_ left: SortKey, _ right: SortKey) -> Bool {
        !left.isLess(than: right) && !right.isLess(than: left)
    }
}
