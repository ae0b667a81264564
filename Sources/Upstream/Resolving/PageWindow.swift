internal import GraphQL
internal import JSON

/// The rows of a collection that a field asks for: a run of rows, counted from 0.
struct PageWindow: Hashable, Sendable {
    let offset: Int
    let count: Int

    /// The most rows that a field may ask for.
    static let maximumCount = 10_000

    /// A count that no collection reaches.
    static let everything = 1 << 40

    /// The numbers of the pages, counted from 1, that hold the window's rows.
    func pages(of size: Int) -> ClosedRange<Int> {
        guard size < Self.everything else { return 1...1 }
        let first = offset / size + 1
        return first...max(first, (offset + max(count, 1) - 1) / size + 1)
    }
}

/// The paging arguments of a field, read: where its rows begin or end, and how many they are.
struct PagingArguments: Sendable {
    /// Where the rows stand.
    enum Anchor: Sendable, Hashable {
        /// From there on; the beginning if nil.
        case after(PageCursor?)
        /// Up to there; the end if nil.
        case before(PageCursor?)
        /// From that row on.
        case offset(Int)
    }

    let anchor: Anchor
    let count: Int

    private enum Name {
        static let first = "first"
        static let after = "after"
        static let last = "last"
        static let before = "before"
        static let page = "page"
        static let perPage = "perPage"
    }

    /// Whether a field has arguments to page with.
    static func arePossible(_ arguments: InputValueMap) -> Bool {
        arguments[Name.first] != nil || arguments[Name.perPage] != nil
    }

    /// Reads the paging arguments of a field.
    ///
    /// - Throws: a failure with the code `BAD_USER_INPUT` that says which argument to change.
    init(_ arguments: JSONObject, defaultCount: Int) throws(FieldFailure) {
        let first = try Self.count(Name.first, in: arguments, least: 0)
        let last = try Self.count(Name.last, in: arguments, least: 0)
        let perPage = try Self.count(Name.perPage, in: arguments, least: 1)
        let page = try Self.count(Name.page, in: arguments, least: 1, most: .max / PageWindow.everything)
        let after = try Self.cursor(Name.after, in: arguments)
        let before = try Self.cursor(Name.before, in: arguments)
        let ways = [
            first != nil || after != nil, last != nil || before != nil, page != nil || perPage != nil,
        ]
        guard ways.count(where: { $0 }) <= 1 else {
            throw FieldFailure(
                .badUserInput,
                "Page in one way: with `first` and `after`, with `last` and `before`, or with `page` and `perPage`."
            )
        }
        if page != nil || perPage != nil {
            count = perPage ?? defaultCount
            anchor = .offset(((page ?? 1) - 1) * count)
        } else if last != nil || before != nil {
            count = last ?? defaultCount
            anchor = .before(before)
        } else {
            count = first ?? defaultCount
            anchor = .after(after)
        }
    }

    /// Puts together what is known already.
    init(anchor: Anchor, count: Int) {
        self.anchor = anchor
        self.count = count
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

    /// The window in the collection of one workspace; nil if the number of all rows must be known first.
    func window(slug: String, total: Int?) -> PageWindow? {
        func offset(of cursor: PageCursor) -> Int {
            switch cursor {
            case .offset(let offset): offset
            case .offsets(let offsets): offsets[slug] ?? 0
            }
        }
        switch anchor {
        case .offset(let offset):
            return PageWindow(offset: offset, count: count)
        case .after(let cursor):
            return PageWindow(offset: cursor.map(offset(of:)) ?? 0, count: count)
        case .before(let cursor):
            // A cursor stands after its row, which itself is not wanted.
            guard let end = cursor.map({ max(0, offset(of: $0) - 1) }) ?? total else { return nil }
            return PageWindow(offset: max(0, end - count), count: min(count, end))
        }
    }
}
