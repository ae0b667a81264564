internal import GraphQL
internal import JSON

/// The parsed paging arguments of a field: where its rows begin or end, and how many there are.
///
/// Rows are chosen by page, or by the algorithm of connections: those between two cursors, of these the first ones, of these the
/// last ones. https://relay.dev/graphql/connections.htm#sec-Pagination-algorithm
struct PagingArguments: Sendable {
    /// The number of rows before the wanted ones, where they are chosen by page; nil: they are chosen by cursors.
    let offset: Int?
    /// The cursor before the wanted rows.
    let after: PageCursor?
    /// The cursor after the wanted rows.
    let before: PageCursor?
    /// The most rows from the beginning; nil: rows are counted from the end.
    let first: Int?
    /// The most rows from the end of those.
    let last: Int?

    private enum Name {
        static let first = "first"
        static let after = "after"
        static let last = "last"
        static let before = "before"
    }

    /// Whether a field has paging arguments.
    static func arePossible(_ arguments: DefinitionMap<InputValueDefinition>, _ names: PagingNames) -> Bool {
        arguments[Name.first] != nil || arguments[names.perPage] != nil
    }

    /// The type that a paging argument must have instead of its own, whose values cannot choose rows; nil: its own is valid, or it is no
    /// paging argument.
    static func neededType(
        of argument: InputValueDefinition,
        _ type: NamedType,
        _ names: PagingNames
    ) -> SpecifiedScalar? {
        let isList = argument.type.listItem != nil
        switch argument.name {
        case Name.first, Name.last, names.page, names.perPage: return type.hasNumericValues && !isList ? nil : .int
        case Name.after, Name.before:
            return type.hasTextValues && type.kind == .scalar && !isList ? nil : .string
        default: return nil
        }
    }

    /// Reads the paging arguments of a field.
    ///
    /// - Throws: a failure with the code `BAD_USER_INPUT` that says which argument to change.
    init(
        _ arguments: JSONObject,
        defaultCount: Int,
        names: PagingNames = .standard
    ) throws(FieldFailure) {
        let first = try Self.count(Name.first, in: arguments, least: 0)
        let last = try Self.count(Name.last, in: arguments, least: 0)
        let perPage = try Self.count(names.perPage, in: arguments, least: 1)
        let page = try Self.count(names.page, in: arguments, least: 1, most: .max / PageWindow.everything)
        let after = try Self.cursor(Name.after, in: arguments)
        let before = try Self.cursor(Name.before, in: arguments)
        guard page != nil || perPage != nil else {
            let isFromEnd = first == nil && (last != nil || (before != nil && after == nil))
            self.init(
                after: after,
                before: before,
                first: isFromEnd ? nil : first ?? defaultCount,
                last: isFromEnd ? last ?? defaultCount : last
            )
            return
        }
        guard first == nil, last == nil, after == nil, before == nil else {
            throw FieldFailure(
                .badUserInput,
                "Page in one way: with `\(names.page)` and `\(names.perPage)`, or with `first`, `after`, `last` and `before`."
            )
        }
        let count = perPage ?? defaultCount
        self.init(offset: ((page ?? 1) - 1) * count, first: count)
    }

    /// Makes arguments from known values.
    init(offset: Int? = nil, after: PageCursor? = nil, before: PageCursor? = nil, first: Int?, last: Int? = nil) {
        self.offset = offset
        self.after = after
        self.before = before
        self.first = first
        self.last = last
    }

    private static func count(
        _ name: String,
        in arguments: JSONObject,
        least: Int,
        most: Int = PageWindow.maximumCount
    ) throws(FieldFailure) -> Int? {
        guard case .number(let number)? = arguments[name] else { return nil }
        guard let value = number.intValue, value >= least, value <= most else {
            throw FieldFailure(.badUserInput, "The argument `\(name)` must be from \(least) to \(most).")
        }
        return value
    }

    private static func cursor(_ name: String, in arguments: JSONObject) throws(FieldFailure) -> PageCursor? {
        guard case .string(let text)? = arguments[name] else { return nil }
        guard let cursor = PageCursor(text: text) else {
            throw FieldFailure(.badUserInput, "The argument `\(name)` is no cursor; pass one that this field gave.")
        }
        return cursor
    }

    /// Rejects cursors of another order: their rows have no position in this one.
    ///
    /// - Parameter order: the order of the field's list; cursors of earlier versions do not state one.
    /// - Throws: a failure with the code `BAD_USER_INPUT` that says which argument to change.
    func checkCursors(of order: @autoclosure () -> OrderFingerprint) throws(FieldFailure) {
        for (name, cursor) in [(Name.after, after), (Name.before, before)] {
            guard let stated = cursor?.orders, !stated.isEmpty, stated != [order()] else { continue }
            throw FieldFailure(
                .badUserInput,
                "The cursor in `\(name)` is of a list in another order; pass one that this field gave in the same order."
            )
        }
    }

    /// The most rows that are wanted.
    var count: Int { min(first ?? .max, last ?? .max) }

    /// Whether the rows are at the end of the collection, wherever that is.
    var isAtEnd: Bool { first == nil && before == nil }

    /// Whether a cursor names its row by key, so that the row is searched where it is now.
    var namesRows: Bool {
        [after, before].contains { cursor in
            switch cursor {
            case .row(let anchor): anchor.key != nil
            case .rows(let anchors, _): anchors.values.contains { $0.key != nil }
            case nil: false
            }
        }
    }

    /// The arguments by which rows are read: for the last of the first rows, all the first ones are needed.
    var read: PagingArguments {
        first == nil ? self : PagingArguments(offset: offset, after: after, before: before, first: first)
    }

    /// The number of rows before each workspace's position, where a cursor names several workspaces; nil: none does.
    var cursorOffsets: [String: Int]? {
        for case .rows(let anchors, _)? in [after, before] { return anchors.mapValues(\.placeOffset) }
        return nil
    }

    /// The window in the collection of one workspace, if the collection has not changed since the cursors were made; nil if the number
    /// of all rows must be known first.
    func window(slug: String, total: Int?) -> PageWindow? {
        if let offset { return PageWindow(offset: offset, count: count) }
        let start = after?.anchor(slug: slug)?.placeOffset ?? 0
        // A cursor's position is after its row, which itself is not wanted.
        let bound = before.map { max(0, ($0.anchor(slug: slug)?.offset ?? 0) - 1) }
        var window = start..<Int.max
        if let first {
            window = start..<max(start, min(start + first, bound ?? .max))
        } else {
            guard let end = bound ?? total else { return nil }
            window = start..<max(start, end)
        }
        let rows = last.map { window.suffix($0) } ?? window
        return PageWindow(offset: rows.lowerBound, count: rows.count)
    }

    /// The window of one workspace.
    ///
    /// - Parameters:
    ///   - slug: the workspace's name.
    ///   - isMerged: whether its rows are merged with those of other workspaces.
    /// - Returns: the window; nil if the workspace has no rows before the cursor.
    func request(slug: String, isMerged: Bool = false) -> WindowRequest? {
        var request = WindowRequest(offset: offset, first: first, last: last)
        request.after = after?.anchor(slug: slug) ?? after?.standIn
        guard let before else { return request }
        guard let anchor = before.anchor(slug: slug) else {
            guard let standIn = before.standIn else { return nil }
            request.before = standIn
            return request
        }
        request.before = anchor
        // For a workspace other than that of the cursor's own row, the cursor names the last row before its position.
        if case .rows(_, let last) = before {
            request.includesBefore = (last.map { $0 != slug } ?? isMerged) && !anchor.isNext
        }
        return request
    }
}

extension PageCursor {
    /// The orders that it states; empty for a cursor of an earlier version.
    var orders: Set<OrderFingerprint> {
        switch self {
        case .row(let anchor): Set([anchor.order].compactMap(\.self))
        case .rows(let anchors, _): Set(anchors.values.compactMap(\.order))
        }
    }

    /// The cursor's anchor for one workspace; nil: it has none.
    func anchor(slug: String) -> RowAnchor? {
        switch self {
        case .row(let anchor): anchor
        case .rows(let anchors, _): anchors[slug]
        }
    }

    /// The cursor's own row, whose sort value stands in for the anchor of a workspace that was not called or failed when the cursor was
    /// made; nil: the cursor has none, and no rows of that workspace came before it.
    var standIn: RowAnchor? {
        guard case .rows(let anchors, let last?) = self, var anchor = anchors[last], anchor.key != nil,
            anchor.value != nil
        else { return nil }
        // A row with the same key is another row here: the cursor's own row is of another workspace.
        (anchor.key, anchor.preceding, anchor.following) = (RowAnchor.keyOfNoRow, [], [])
        return anchor
    }

    /// The cursor's anchors for workspaces other than those named.
    func anchors(besides slugs: [String]) -> [String: RowAnchor] {
        guard case .rows(let anchors, _) = self else { return [:] }
        return anchors.filter { !slugs.contains($0.key) }
    }

    /// The row of one workspace directly after those before the cursor; nil: unknown.
    ///
    /// For workspaces other than that of the cursor's own row, a cursor mostly names the last row before it.
    func rowBehind(slug: String) -> RowAnchor? {
        switch self {
        case .row(let anchor): anchor
        case .rows(let anchors, let last): anchors[slug].flatMap { slug == last || $0.isNext ? $0 : nil }
        }
    }
}
