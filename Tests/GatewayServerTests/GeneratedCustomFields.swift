/// Custom fields with values of every kind, as text: numbers keep their digits.
struct GeneratedCustomFields {
    private var state: UInt64

    /// Keys that are names in the schema, in JSON Schema or in JavaScript, and keys that are hardly names at all.
    private static let keys = [
        "entries", "all", "value", "key", "", " ", "id", "nodes", "result", "type", "$ref", "properties", "enum",
        "__typename",
        "__proto__", "constructor", "a.b", "ключ", "😀", "risk_score", "customFields", "null", "0", "\\n", "\\\"",
        "amount",
    ]

    private static let scalars = [
        "null", "true", "false", "0", "-0", "1", "-17", "0.1", "1e5", "-2.50E-7", "12345678901234567890123456789",
        "0.30000000000000000000004", "9007199254740993", "\"\"", "\"text\"", "\"\\u00e9\\ud83d\\ude00\"",
        "\"2026-04-23T12:34:56Z\"", "\"null\"", "\"<b>&\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "[]", "{}", "[[]]", "[null]",
    ]

    init(seed: UInt64) {
        state = seed
    }

    /// The next object.
    mutating func next() -> String { object(depth: 0) }

    private mutating func object(depth: Int) -> String {
        var rest = Self.keys
        let members = (0..<below(8)).map { _ in
            let key = rest.remove(at: below(rest.count))
            return "\"\(key)\":\(value(depth: depth + 1))"
        }
        return "{\(members.joined(separator: ","))}"
    }

    /// A number from 0 to one less than the bound, the same for the same seed (SplitMix64).
    private mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }

    private mutating func value(depth: Int) -> String {
        guard depth < 6, below(2) == 0 else { return Self.scalars[below(Self.scalars.count)] }
        if below(2) == 0 { return object(depth: depth) }
        return "[\((0..<below(5)).map { _ in value(depth: depth + 1) }.joined(separator: ","))]"
    }
}
