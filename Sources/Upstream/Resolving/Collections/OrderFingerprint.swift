internal import BaseEncodings
internal import GraphQL
internal import JSON

/// What a cursor states of the order of the list that it was made with: a hash of it.
///
/// Filters, parent and workspaces are no part of it: a place in the order is one in the list of any of them.
struct OrderFingerprint: Sendable, Hashable {
    /// Six characters of the alphabet for URLs: a cursor is sent back and forth.
    let text: String

    /// Reads what a cursor holds.
    init?(cursor text: String) {
        guard text.utf8.count <= 16 else { return nil }
        self.text = text
    }

    /// The order that a field's arguments ask for.
    init(_ template: CallTemplate, arguments: JSONObject, conventions: UpstreamConventions) {
        func given(_ parameter: String?, default value: String?) -> String {
            parameter.flatMap { template.value(of: $0, arguments) } ?? value ?? ""
        }
        let sort = given(conventions.sortParameter, default: conventions.defaultSort)
        let order = given(conventions.orderParameter, default: conventions.defaultOrder)
        text = Self.hash([sort, order.lowercased()])
    }

    /// FNV-1a, the same in every process: cursors outlive the one that made them.
    private static func hash(_ parts: [String]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for part in parts {
            for byte in part.utf8 { add(byte) }
            // No text has this byte.
            add(0xFF)
        }
        hash ^= hash >> 32
        return String(Base64.url.encode((0..<5).map { UInt8(truncatingIfNeeded: hash >> (8 * $0)) }).prefix(6))
    }
}
