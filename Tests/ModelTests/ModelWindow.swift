import JSON
import Sandbox

/// The part of a list that a field asks for.
struct ModelWindow: Sendable {
    let list: ModelList
    let totals: Expectation
    private let rows: [ModelRow]
    private let version: Int
    /// The rows asked for; nil if a cursor's row has changed, so that several are right.
    private let range: Range<Int>?
    private let isRegular: Bool
    private let promisesRows: Bool
    private let keepsOrder: Bool
    private let mayLoseRows: Bool
    private let losesAPage: Bool
    private let start: Int?
    private let reachesEnd: Bool
    private let count: Int
    private let hasNext: Bool
    private let hasPrevious: Bool
    /// Whether the window is chosen by page.
    private let isByPage: Bool

    private static let defaultCount = 25

    init(_ field: ModelSelection, _ list: ModelList, _ data: ModelData, isPartial: Bool = false) {
        self.list = list
        rows = data.rows(of: list)
        version = data.version
        totals = isPartial ? .null : data.totals(of: list)
        isRegular = data.variant.isRegular && !isPartial
        // A count that is too high promises rows, until another window shows that there are none.
        promisesRows = data.variant.behavior.count == .total && !data.variant.countsRight
        let hasTies = !["id", "created_at", "updated_at"].contains(list.sort)
        keepsOrder = data.variant.behavior.ties == .stable || !hasTies
        mayLoseRows = !keepsOrder && data.mayLoseRows(of: list)
        losesAPage = data.variant.behavior.emptyPage != nil
        let (first, last) = (field.number("first"), field.number("last"))
        if field.number("page") != nil || field.number("perPage") != nil {
            count = field.number("perPage") ?? Self.defaultCount
            let offset = ((field.number("page") ?? 1) - 1) * count
            let places = min(offset, rows.count)..<min(offset + count, rows.count)
            range = places
            (start, reachesEnd, isByPage) = (nil, false, true)
            (hasNext, hasPrevious) = (places.upperBound < rows.count, offset > 0)
        } else {
            let isFromEnd = last != nil || first == nil && field["before"] != nil && field["after"] == nil
            let size = min(first ?? .max, last ?? .max, first == nil && last == nil ? Self.defaultCount : .max)
            (count, isByPage) = (size, false)
            let between = Self.bounds(field, list, data, rows)
            let isFromStart = first != nil || !isFromEnd
            // By the algorithms of the connection specification, which look behind a cursor only where nothing was cut.
            hasNext = isFromStart ? (between?.count ?? 0) > (first ?? size) : field["before"] != nil
            hasPrevious = isFromEnd ? (between?.count ?? 0) > (last ?? size) : (between?.lowerBound ?? 0) > 0
            range = between.map { bounds in
                let end = bounds.lowerBound + (first ?? size)
                let upper = isFromEnd && first == nil ? bounds.upperBound : min(bounds.upperBound, end)
                return (isFromEnd ? max(bounds.lowerBound, upper - (last ?? size)) : bounds.lowerBound)..<upper
            }
            start = isFromEnd ? nil : range?.lowerBound
            reachesEnd = isFromEnd && first == nil && field["before"] == nil
        }
    }

    /// The rows between the cursors that a field names; nil if one of their rows has changed.
    private static func bounds(
        _ field: ModelSelection,
        _ list: ModelList,
        _ data: ModelData,
        _ rows: [ModelRow]
    ) -> Range<Int>? {
        var (lower, upper) = (0, rows.count)
        if field["after"] != nil {
            guard let cursor = field.cursor("after"), let position = position(of: cursor, rows) else { return nil }
            lower = position + 1
        }
        if field["before"] != nil {
            guard let cursor = field.cursor("before"), let position = position(of: cursor, rows) else { return nil }
            // Rows that were created since, in another workspace than the cursor's row, may be left out before it.
            guard list.keys.count == 1 || cursor.version == data.version else { return nil }
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
            // Where the rows of a page are lost, each order loses others.
            guard range == 0..<rows.count, !losesAPage else { return .any }
            return .bag(rows.map(element), mayLackSome: mayLoseRows)
        }
        guard isRegular else {
            return .run(rows.map(element), start: start, reachesEnd: reachesEnd, count: count)
        }
        return .list(rows[range].map(element))
    }

    /// The cursor behind a row.
    func cursor(_ row: ModelRow) -> ModelName {
        .cursor(ModelCursor(list: list, row: row.key, revision: row.row.revision, version: version))
    }

    /// What a field of `pageInfo` may be.
    func pageInfo(_ name: String) -> Expectation {
        guard let range, isRegular, keepsOrder, count > 0 else { return .any }
        switch name {
        case "hasNextPage": return promisesRows ? .any : .value(.bool(hasNext))
        case "hasPreviousPage": return range.isEmpty && !isByPage ? .any : .value(.bool(hasPrevious))
        case "startCursor": return rows[range].first.map { .name(cursor($0)) } ?? .null
        case "endCursor": return rows[range].last.map { .name(cursor($0)) } ?? .null
        default: return .any
        }
    }
}
