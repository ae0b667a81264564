internal import JSON

/// The difference of two JSON values, as a JSON Patch.
///
/// https://www.rfc-editor.org/rfc/rfc6902
struct JSONPatch: Sendable, Equatable {
    /// The operations, to be applied in this order.
    private(set) var operations: [JSONValue] = []

    /// Compares two values.
    init(from old: JSONValue, to new: JSONValue) {
        compare(old, new, at: "")
    }

    private mutating func compare(_ old: JSONValue, _ new: JSONValue, at path: String) {
        switch (old, new) {
        case (.object(let old), .object(let new)): compare(old, new, at: path)
        case (.array(let old), .array(let new)): compare(old[...], new[...], at: path)
        default: if old != new { add("replace", path, new) }
        }
    }

    private mutating func compare(_ old: JSONObject, _ new: JSONObject, at path: String) {
        for (name, _) in old where new[name] == nil { add("remove", Self.path(path, name), nil) }
        for (name, value) in new {
            let inner = Self.path(path, name)
            if let before = old[name] { compare(before, value, at: inner) } else { add("add", inner, value) }
        }
    }

    /// Leaves equal items at both ends; of the rest, items are changed in order, and surplus ones are removed or added.
    private mutating func compare(_ old: ArraySlice<JSONValue>, _ new: ArraySlice<JSONValue>, at path: String) {
        var (old, new) = (old, new)
        while let last = old.last, last == new.last {
            old.removeLast()
            new.removeLast()
        }
        while let first = old.first, first == new.first {
            old.removeFirst()
            new.removeFirst()
        }
        let common = min(old.count, new.count)
        for (offset, pair) in zip(old, new).enumerated() {
            compare(pair.0, pair.1, at: "\(path)/\(old.startIndex + offset)")
        }
        for index in (old.startIndex + common..<old.endIndex).reversed() { add("remove", "\(path)/\(index)", nil) }
        for index in new.startIndex + common..<new.endIndex { add("add", "\(path)/\(index)", new[index]) }
    }

    private mutating func add(_ operation: String, _ path: String, _ value: JSONValue?) {
        var members: JSONObject = ["op": .string(operation), "path": .string(path)]
        if let value { members["value"] = value }
        operations.append(.object(members))
    }

    /// The JSON Pointer of a member.
    ///
    /// https://www.rfc-editor.org/rfc/rfc6901#section-3
    private static func path(_ path: String, _ name: String) -> String {
        let signs = [UInt8(ascii: "~"), UInt8(ascii: "/")]
        guard name.utf8.contains(where: signs.contains) else { return "\(path)/\(name)" }
        // Bytes are replaced, as a sign may be one character together with marks that follow it.
        let escaped = name.utf8.flatMap { byte -> [UInt8] in
            signs.firstIndex(of: byte).map { Array("~\($0)".utf8) } ?? [byte]
        }
        return "\(path)/\(String(decoding: escaped, as: UTF8.self))"
    }
}
