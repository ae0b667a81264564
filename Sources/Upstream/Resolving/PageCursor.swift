/// The place between two rows of a collection, as clients see it: opaque text.
enum PageCursor: Sendable, Hashable {
    /// So many rows of one collection come before.
    case offset(Int)
    /// So many rows of each workspace's collection come before.
    case offsets([String: Int])

    private static let single = "row:"
    private static let several = "rows:"

    /// Reads a cursor's text.
    init?(text: String) {
        guard let decoded = Base64URL.decode(text) else { return nil }
        let plain = String(decoding: decoded, as: UTF8.self)
        if plain.hasPrefix(Self.single) {
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

    private static func number(_ text: Substring) -> Int? {
        guard let number = Int(text), number >= 0, number < Int(Int32.max) else { return nil }
        return number
    }

    /// The cursor as text.
    var text: String {
        let plain =
            switch self {
            case .offset(let offset): "\(Self.single)\(offset)"
            case .offsets(let offsets):
                Self.several + offsets.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
            }
        return Base64URL.encode(Array(plain.utf8))
    }
}
