internal import GraphQL
internal import JSON

/// What a cursor says of the list that it was made with: a hash of its path, its order and its filters.
///
/// Neither the parent nor the workspaces are part of it: a place in the order is one in the list of any of them.
struct ListFingerprint: Sendable, Hashable {
    /// Six characters of the alphabet for URLs: a cursor is sent back and forth.
    let text: String

    /// Reads what a cursor holds.
    init?(cursor text: String) {
        guard text.utf8.count <= 16 else { return nil }
        self.text = text
    }

    /// The list that a field's arguments ask for.
    init(_ template: CallTemplate, arguments: JSONObject, conventions: UpstreamConventions) {
        func given(_ parameter: String?, default value: String?) -> String {
            parameter.flatMap { template.value(of: $0, arguments) } ?? value ?? ""
        }
        let (sort, order) = (conventions.sortParameter, conventions.orderParameter)
        var parts = [String(template.template.text.prefix { $0 != "{" && $0 != "?" })]
        parts.append(given(sort, default: conventions.defaultSort))
        parts.append(given(order, default: conventions.defaultOrder).lowercased())
        for variable in template.template.variables.sorted() where variable != sort && variable != order {
            guard let value = template.value(of: variable, arguments) else { continue }
            parts += [variable, value]
        }
        text = Self.hash(parts)
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
        return String(Base64URL.encode((0..<5).map { UInt8(truncatingIfNeeded: hash >> (8 * $0)) }).prefix(6))
    }
}
