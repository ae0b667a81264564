internal import JSON

/// A row as a cursor names it: its former position, and what identifies it after rows have come and gone.
struct RowAnchor: Sendable, Hashable {
    /// The number of rows of the collection up to and including this row.
    var offset: Int
    /// The number of rows of a full page, if fewer than requested.
    var pageSize: Int?
    /// The row's key; nil: the rows have none, and only the offset counts.
    var key: OpaqueText?
    /// The scalar value by which the row is sorted; nil: unknown.
    var value: JSONValue?
    /// The keys of rows before it that share its value, the nearest first, or of a few rows if the value is unknown: if the row itself
    /// is gone, its position is after them.
    var preceding: [OpaqueText] = []
    /// The keys of rows after it, chosen likewise, the nearest first: if the row is gone, its position is before them.
    var following: [OpaqueText] = []
    /// Whether the position is before the row instead of after it: the row before it was not seen.
    var isNext = false
    /// The order of its list; nil: unknown, as in cursors of earlier versions.
    var order: OrderFingerprint?

    /// The most keys in each of `preceding` and `following`.
    static let maximumNeighbors = 8
    /// The most bytes of a key or value: longer ones are left out, because clients send cursors back.
    static let maximumLength = 256

    /// The key of an anchor that is only a value in the order.
    static let keyOfNoRow = OpaqueText("")

    /// The number of rows before the position.
    var placeOffset: Int { isNext ? max(0, offset - 1) : offset }

    /// The position before the row instead of after it.
    var beforeItsRow: RowAnchor {
        var anchor = self
        if key == nil { anchor.offset = max(0, offset - 1) } else { anchor.isNext = true }
        return anchor
    }

    /// Makes an anchor that is only a position.
    init(offset: Int) {
        self.offset = offset
    }

    private enum Name {
        static let offset = "o"
        static let pageSize = "s"
        static let key = "k"
        static let value = "v"
        static let preceding = "p"
        static let following = "f"
        static let isNext = "n"
        static let order = "l"
    }

    /// Reads the JSON value of a cursor that a client sent.
    init?(_ value: JSONValue) {
        guard case .object(let object) = value, let offset = Self.number(object[Name.offset]) else { return nil }
        self.offset = offset
        if let size = object[Name.pageSize] {
            guard let size = Self.number(size), size > 0 else { return nil }
            pageSize = size
        }
        if let key = object[Name.key] {
            guard case .string(let text) = key else { return nil }
            self.key = OpaqueText(text)
        }
        if let value = object[Name.value] {
            switch value {
            case .null, .bool, .number, .string: self.value = value
            case .array, .object: return nil
            }
        }
        if let next = object[Name.isNext] {
            guard case .bool(let next) = next else { return nil }
            isNext = next
        }
        if let order = object[Name.order] {
            guard case .string(let text) = order, let order = OrderFingerprint(cursor: text) else { return nil }
            self.order = order
        }
        guard let preceding = Self.keys(object[Name.preceding]), let following = Self.keys(object[Name.following])
        else {
            return nil
        }
        self.preceding = preceding
        self.following = following
    }

    private static func keys(_ value: JSONValue?) -> [OpaqueText]? {
        guard let value else { return [] }
        guard case .array(let keys) = value, keys.count <= maximumNeighbors,
            case let texts = keys.compactMap({ $0.stringValue }), texts.count == keys.count
        else { return nil }
        return texts.map { OpaqueText($0) }
    }

    /// The JSON value for a cursor.
    var json: JSONValue {
        var object = JSONObject()
        object[Name.offset] = .integer(offset)
        if let pageSize { object[Name.pageSize] = .integer(pageSize) }
        if let key { object[Name.key] = .string(key.text) }
        if let value { object[Name.value] = value }
        if !preceding.isEmpty { object[Name.preceding] = .array(preceding.map { .string($0.text) }) }
        if !following.isEmpty { object[Name.following] = .array(following.map { .string($0.text) }) }
        if isNext { object[Name.isNext] = .bool(true) }
        if let order { object[Name.order] = .string(order.text) }
        return .object(object)
    }

    private static func number(_ value: JSONValue?) -> Int? {
        guard let number = value?.numberValue?.intValue, 0..<Int(Int32.max) ~= number else { return nil }
        return number
    }
}
