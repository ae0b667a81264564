internal import GraphQL
internal import JSON

/// The rows of a collection that a field asks for: a run of rows, counted from 0.
struct PageWindow: Hashable {
    let offset: Int
    let count: Int

    /// The most rows that a field may ask for.
    static let maximumCount = 10_000

    /// A count that no collection reaches.
    static let everything = 1 << 40

    /// Whether a field has arguments to page with.
    static func canPage(_ arguments: InputValueMap) -> Bool {
        arguments[Argument.first] != nil || arguments[Argument.perPage] != nil
    }

    /// The paging arguments of a field, by their GraphQL names.
    private enum Argument {
        static let first = "first"
        static let after = "after"
        static let page = "page"
        static let perPage = "perPage"
    }

    /// Reads the paging arguments of a field.
    ///
    /// - Throws: a failure with the code `BAD_USER_INPUT` that says which argument to change.
    init(arguments: JSONObject, defaultCount: Int) throws(FieldFailure) {
        let first = try Self.count(Argument.first, in: arguments, least: 0)
        let perPage = try Self.count(Argument.perPage, in: arguments, least: 1)
        let page = try Self.count(Argument.page, in: arguments, least: 1, most: .max / Self.maximumCount - 1)
        let after = try Self.cursor(in: arguments)
        if first != nil || after != nil, page != nil || perPage != nil {
            throw FieldFailure(.badUserInput, "Page with `first` and `after`, or with `page` and `perPage`, not with both.")
        }
        if page != nil || perPage != nil {
            count = perPage ?? defaultCount
            offset = ((page ?? 1) - 1) * count
        } else {
            count = first ?? defaultCount
            offset = after?.nextOffset ?? 0
        }
    }

    private static func count(
        _ name: String,
        in arguments: JSONObject,
        least: Int,
        most: Int = maximumCount
    ) throws(FieldFailure) -> Int? {
        guard case .number(let number)? = arguments[name] else { return nil }
        guard let value = number.intValue, value >= least, value <= most else {
            throw FieldFailure(.badUserInput, "The argument `\(name)` must be from \(least) to \(most).")
        }
        return value
    }

    private static func cursor(in arguments: JSONObject) throws(FieldFailure) -> PageCursor? {
        guard case .string(let text)? = arguments[Argument.after] else { return nil }
        guard let cursor = PageCursor(text: text) else {
            throw FieldFailure(
                .badUserInput,
                "The argument `after` is no cursor; pass one that an answer of this field gave."
            )
        }
        return cursor
    }

    /// The numbers of the pages, counted from 1, that hold the window's rows.
    func pages(of size: Int) -> ClosedRange<Int> {
        let first = offset / size + 1
        return first...max(first, (offset + max(count, 1) - 1) / size + 1)
    }
}

/// The place of a row in its collection, as clients see it: opaque text.
struct PageCursor {
    let offset: Int

    private static let prefix = "row:"

    init(offset: Int) {
        self.offset = offset
    }

    /// Reads a cursor's text.
    init?(text: String) {
        guard let decoded = Base64URL.decode(text),
            case let plain = String(decoding: decoded, as: UTF8.self), plain.hasPrefix(Self.prefix),
            let offset = Int(plain.dropFirst(Self.prefix.count)), offset >= 0, offset < Int(Int32.max)
        else { return nil }
        self.offset = offset
    }

    /// Where the rows after this one begin.
    var nextOffset: Int { offset + 1 }

    /// The cursor as text.
    var text: String { Base64URL.encode(Array("\(Self.prefix)\(offset)".utf8)) }
}
