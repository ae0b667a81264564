import JSON
import Sandbox

/// The part of a list that a field asks for.
struct ModelWindow: Sendable {
    let list: ModelList
    let totals: Expectation
    private let rows: [ModelRow]
    /// The rows asked for; nil if a cursor's row has changed, so that several are right.
    private let range: Range<Int>?
    private let isRegular: Bool
    private let keepsOrder: Bool
    private let start: Int?
    private let reachesEnd: Bool
    private let count: Int

    private static let defaultCount = 25

    init(_ field: ModelSelection, _ list: ModelList, _ data: ModelData, isPartial: Bool = false) {
        self.list = list
        rows = data.rows(of: list)
        totals = isPartial ? .null : data.totals(of: list)
        isRegular = data.variant.isRegular && !isPartial
        let hasTies = !["id", "created_at", "updated_at"].contains(list.sort)
        keepsOrder = data.variant.behavior.ties == .stable || !hasTies
        let (first, last) = (field.number("first"), field.number("last"))
        if field.number("page") != nil || field.number("perPage") != nil {
            count = field.number("perPage") ?? Self.defaultCount
            let offset = ((field.number("page") ?? 1) - 1) * count
            range = min(offset, rows.count)..<min(offset + count, rows.count)
            (start, reachesEnd) = (nil, false)
        } else {
            let isFromEnd = last != nil || first == nil && field["before"] != nil && field["after"] == nil
            let size = min(first ?? .max, last ?? .max, first == nil && last == nil ? Self.defaultCount : .max)
            count = size
            range = Self.bounds(field, rows).map { bounds in
                let end = bounds.lowerBound + (first ?? size)
                let upper = isFromEnd && first == nil ? bounds.upperBound : min(bounds.upperBound, end)
                return (isFromEnd ? max(bounds.lowerBound, upper - (last ?? size)) : bounds.lowerBound)..<upper
            }
            start = isFromEnd ? nil : range?.lowerBound
            reachesEnd = isFromEnd && first == nil && field["before"] == nil
        }
    }

    /// The rows between the cursors that a field names; nil if one of their rows has changed.
    private static func bounds(_ field: ModelSelection, _ rows: [ModelRow]) -> Range<Int>? {
        var (lower, upper) = (0, rows.count)
        if field["after"] != nil {
            guard let cursor = field.cursor("after"), let position = position(of: cursor, rows) else { return nil }
            lower = position + 1
        }
        if field["before"] != nil {
            guard let cursor = field.cursor("before"), let position = position(of: cursor, rows) else { return nil }
            upper = position
        }
        return lower..<max(lower, upper)
    }

    private static func position(of cursor: ModelCursor, _ rows: [ModelRow]) -> Int? {
        rows.firstIndex { $0.key == cursor.row && $0.row.revision == cursor.revision }
    }

    /// What the list of the window's rows may be.
    func elements(_ element: (ModelRow) -> Expectation) -> Expectation {
        guard let range else { return .any }
        guard keepsOrder else {
            return range == 0..<rows.count ? .bag(rows.map(element)) : .any
        }
        guard isRegular else {
            return .run(rows.map(element), start: start, reachesEnd: reachesEnd, count: count)
        }
        return .list(rows[range].map(element))
    }

    /// The cursor behind a row.
    func cursor(_ row: ModelRow) -> ModelName {
        .cursor(ModelCursor(list: list, row: row.key, revision: row.row.revision))
    }

    /// What a field of `pageInfo` may be.
    func pageInfo(_ name: String) -> Expectation {
        guard let range, isRegular, keepsOrder, count > 0 else { return .any }
        switch name {
        case "hasNextPage": return .value(.bool(range.upperBound < rows.count))
        case "hasPreviousPage": return range.isEmpty ? .any : .value(.bool(range.lowerBound > 0))
        case "startCursor": return rows[range].first.map { .name(cursor($0)) } ?? .null
        case "endCursor": return rows[range].last.map { .name(cursor($0)) } ?? .null
        default: return .any
        }
    }
}
