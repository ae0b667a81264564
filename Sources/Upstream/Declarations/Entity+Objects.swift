internal import BaseEncodings
internal import GraphQL
internal import JSON

extension Entity {
    /// The key of an object of the type.
    func key(of node: Int, in document: SourceDocument) -> String? {
        document.json.member(key, of: node).flatMap { document.json.scalarText(of: $0) }
    }

    /// Whether an object is marked as deleted, so that a lookup by its key finds none.
    func isDeleted(_ node: Int, in document: SourceDocument) -> Bool {
        guard let deletedAt, let mark = document.json.member(deletedAt, of: node) else { return false }
        // The member of an object that was never deleted is null, or another value that means the same.
        switch document.json.value(at: mark) {
        case .null: return false
        case .bool(let isDeleted): return isDeleted
        case .string(let text): return !text.isEmpty
        case .number(let number): return number.doubleValue != 0
        case .array, .object: return true
        }
    }

    /// The key in the path of an object, below any base URL; nil: the path is none of an object.
    func key(inPath path: String) -> String? {
        let path = path.utf8.last == UInt8(ascii: "/") ? path.dropLast() : path[...]
        // A placeholder for the key in the path of an object: its characters are not encoded, and no template has it.
        let mark = "~~key~~"
        let parts = self.path(of: mark).split(separator: mark, omittingEmptySubsequences: false)
        guard parts.count == 2, let start = path.ranges(of: parts[0]).last?.upperBound else { return nil }
        var text = path[start...]
        if !parts[1].isEmpty {
            guard text.hasSuffix(parts[1]) else { return nil }
            text = text.dropLast(parts[1].count)
        }
        guard !text.isEmpty, !text.utf8.contains(UInt8(ascii: "/")) else { return nil }
        return String(validating: Self.decoded(Array(text.utf8)), as: UTF8.self)
    }

    // https://www.rfc-editor.org/rfc/rfc3986#section-2.1
    private static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let digits = bytes[(index + 1)...].prefix(2)
            if bytes[index] == UInt8(ascii: "%"), digits.count == 2,
                let byte = Hexadecimal.decode(digits)?.first
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
