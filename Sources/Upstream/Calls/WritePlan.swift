internal import GraphQL
private import JSON

/// What a write concerns, and what its answer may be kept for.
struct WritePlan: Sendable {
    let entity: Entity?
    /// The key of the object, where it has one already.
    let key: String?
    let policy: CachePolicy
    /// Types all of whose objects may change with it.
    let dependents: [TypeID]
    /// Whether the object is there afterwards.
    let isCacheable: Bool

    /// What it may change.
    var concern: InvalidationScope {
        InvalidationScope(type: entity?.type, path: key.flatMap { entity?.path(of: $0) }, dependents: dependents)
    }

    /// The object as an answer shows it.
    struct Written {
        var document: SourceDocument?
        var node: Int?
        var key: String?
    }

    /// Finds the object in an answer, and its key there, in the call's path or in the address of what was made.
    func written(by document: SourceDocument?, _ location: String?, reader: ResponseReader) -> Written {
        var written = Written(key: key)
        if let document, let node = reader.object(in: document, entity: entity, evenDeleted: !isCacheable),
            document.json.node(node).kind == .object
        {
            let named = entity?.key(of: node, in: document)
            // An object without a key, such as `{"ok": true}`, is none of the type.
            if entity == nil || named != nil, key == nil || named == nil || named == key {
                written = Written(document: document, node: node, key: key ?? named)
            }
        }
        written.key = written.key ?? location.flatMap { entity?.key(inLocation: $0) }
        return written
    }
}

extension Entity {
    /// The key in the address of an object: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2.
    fileprivate func key(inLocation location: String) -> String? {
        let path = location.prefix { $0 != "?" && $0 != "#" }
        // What stands for the key in the path of an object: characters that are not encoded, and that no template has.
        let mark = "~~key~~"
        let parts = self.path(of: mark).split(separator: mark, omittingEmptySubsequences: false)
        guard parts.count == 2, let start = path.ranges(of: parts[0]).last?.upperBound else { return nil }
        var text = path[start...]
        if !parts[1].isEmpty {
            guard text.hasSuffix(parts[1]) else { return nil }
            text = text.dropLast(parts[1].count)
        }
        guard !text.isEmpty, !text.contains("/") else { return nil }
        return String(decoding: Self.decoded(Array(text.utf8)), as: UTF8.self)
    }

    private static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let digits = bytes[(index + 1)...].prefix(2)
            if bytes[index] == UInt8(ascii: "%"), digits.count == 2,
                let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                decoded.append(byte)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return decoded
    }
}
