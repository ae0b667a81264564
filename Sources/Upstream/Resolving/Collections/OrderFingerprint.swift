internal import BaseEncodings
internal import GraphQL
internal import JSON

/// A hash that identifies the order of a list in its cursors.
///
/// It leaves out filters, parent and workspaces: a position in the order is valid in the list of any of them.
struct OrderFingerprint: Sendable, Hashable {
    /// Six characters of the base64url alphabet, short because clients send cursors back.
    let text: String

    /// Reads the text in a cursor.
    init?(cursor text: String) {
        guard text.utf8.count <= 16 else { return nil }
        self.text = text
    }

    /// Makes the fingerprint of the order that a field's arguments request.
    init(_ template: CallTemplate, arguments: JSONObject, conventions: UpstreamConventions) {
        func given(_ parameter: String?, default value: String?) -> String {
            parameter.flatMap { template.text(of: $0, arguments) } ?? value ?? ""
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
            // No UTF-8 text has this byte.
            add(0xFF)
        }
        hash ^= hash >> 32
        return String(Base64.url.encode((0..<5).map { UInt8(truncatingIfNeeded: hash >> (8 * $0)) }).prefix(6))
    }
}
