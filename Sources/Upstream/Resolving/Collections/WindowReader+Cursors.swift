internal import JSON

extension WindowReader {
    /// The keys of the rows before the position after which the window begins, as far as pages show that other rows follow them.
    ///
    /// A page that is read after new rows were created shows some of them again.
    ///
    /// - Parameter lower: the position of the cursor.
    /// - Returns: their keys.
    func rowsShown(before lower: RowPosition) -> [OpaqueText] {
        guard let after = request.after, after.key != nil, pages.mayHaveChanged else { return [] }
        let rows = [lower.page - 1, lower.page].flatMap { pages.rows(of: $0) ?? [] }
        let wanted = rows.drop { $0.position < lower }
        return keys(of: rows.prefix { $0.position < lower }, without: wanted, beside: after, after.preceding)
    }

    /// The keys of the rows after the position before which the window ends.
    ///
    /// - Parameter upper: the position of the cursor.
    /// - Returns: their keys.
    func rowsShown(behind upper: RowPosition) -> [OpaqueText] {
        guard let before = request.before, before.key != nil, pages.mayHaveChanged else { return [] }
        let rows = [upper.page, upper.page + 1].flatMap { pages.rows(of: $0) ?? [] }
        let wanted = rows.prefix { $0.position < upper }
        return keys(of: rows.drop { $0.position < upper }, without: wanted, beside: before, before.following)
    }

    /// The keys of the rows on the unwanted side of a cursor's row.
    ///
    /// - Parameters:
    ///   - rows: the rows on that side.
    ///   - wanted: the rows on the other side, which pages that were read at different times may both have.
    ///   - anchor: the cursor's row.
    ///   - neighbors: the keys of rows with its value that were there when the cursor was made.
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
            // If the upstream changes the order of rows with equal values, other rows may not have been shown.
            let isApart = value.map { !isEqual(SortKey(of: row.node, in: row.document, member: order.member), $0) }
            return isApart ?? false || neighbors.contains(key) ? key : nil
        }
    }

    private func isEqual(_ left: SortKey, _ right: SortKey) -> Bool {
        !left.isLess(than: right) && !right.isLess(than: left)
    }
}
