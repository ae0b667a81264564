internal import BaseEncodings
internal import JSON

/// The position after a row of a collection, opaque to clients.
enum PageCursor: Sendable, Hashable {
    /// The position after a row of one collection.
    case row(RowAnchor)
    /// The position after the rows of several workspaces that have been shown; `last` names the workspace of the cursor's own row.
    case rows([String: RowAnchor], last: String?)

    /// The position after a number of rows of one collection.
    static func offset(_ offset: Int) -> PageCursor { .row(RowAnchor(offset: offset)) }

    /// The position after a number of rows of each workspace's collection.
    static func offsets(_ offsets: [String: Int]) -> PageCursor {
        .rows(offsets.mapValues { RowAnchor(offset: $0) }, last: nil)
    }

    private static let single = "row:"
    private static let several = "rows:"
    private static let named = "at:"
    private static let merged = "merged:"

    /// Parses a cursor.
    init?(text: String) {
        guard let decoded = Base64.url.decode(text.utf8) else { return nil }
        let plain = String(decoding: decoded, as: UTF8.self)
        if plain.hasPrefix(Self.named) {
            guard let anchor = Self.json(plain.dropFirst(Self.named.count)).flatMap({ RowAnchor($0) }) else {
                return nil
            }
            self = .row(anchor)
        } else if plain.hasPrefix(Self.merged) {
            guard let cursor = Self.merged(plain.dropFirst(Self.merged.count)) else { return nil }
            self = cursor
        } else if plain.hasPrefix(Self.single) {
            guard let offset = Self.number(plain.dropFirst(Self.single.count)) else { return nil }
            self = .offset(offset)
        } else if plain.hasPrefix(Self.several) {
            var offsets: [String: Int] = [:]
            for part in plain.dropFirst(Self.several.count).split(separator: ",") {
                guard let equals = part.lastIndex(of: "="), let offset = Self.number(part[part.index(after: equals)...])
                else { return nil }
                offsets[String(part[..<equals])] = offset
            }
            self = .offsets(offsets)
        } else {
            return nil
        }
    }

    private static func json(_ text: Substring) -> JSONValue? { try? JSONValue(parsing: Array(text.utf8)) }

    private static func merged(_ text: Substring) -> PageCursor? {
        guard case .array(let parts)? = json(text), parts.count == 2, case .object(let members) = parts[0] else {
            return nil
        }
        var anchors: [String: RowAnchor] = [:]
        for (slug, value) in members {
            guard let anchor = RowAnchor(value) else { return nil }
            anchors[slug] = anchor
        }
        return .rows(anchors, last: parts[1].stringValue)
    }

    private static func number(_ text: Substring) -> Int? {
        guard let number = Int(text), number >= 0, number < Int(Int32.max) else { return nil }
        return number
    }

    /// The cursor as text.
    var text: String {
        let plain =
            switch self {
            case .row(let anchor) where anchor == RowAnchor(offset: anchor.offset): "\(Self.single)\(anchor.offset)"
            case .row(let anchor): Self.named + Self.text(anchor.json)
            case .rows(let anchors, nil) where anchors.values.allSatisfy { $0 == RowAnchor(offset: $0.offset) }:
                Self.several
                    + anchors.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.offset)" }.joined(separator: ",")
            case .rows(let anchors, let last):
                Self.merged + Self.text(.array([Self.json(anchors), last.map { .string($0) } ?? .null]))
            }
        return Base64.url.encode(Array(plain.utf8))
    }

    private static func json(_ anchors: [String: RowAnchor]) -> JSONValue {
        .object(JSONObject(anchors.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }))
    }

    private static func text(_ value: JSONValue) -> String { String(decoding: value.serialized(), as: UTF8.self) }
}
