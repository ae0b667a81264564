/// Damages documents the same way for the same seed.
struct TextMutation {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1
    }

    static let documents: [String] = [
        """
        "about" query Q("v" $a: [Int!]! = [1, -2], $b: In = {x: 1.5e3, y: "s\\u00e9\\n", z: null, e: FOO} @d) @on(a: $a) {
          alias: field(a: $a, s: "x", b: \"""block
            text \\\""" é 😀
          \""") @skip(if: true) { id ...F @include(if: false) ... on T { x } ... @a { z } }
        }
        fragment F on T @x { a, b, c } # comment
        """,
        """
        schema @d { query: Q mutation: M } extend schema { subscription: S }
        "d" type T implements & A & B @d(a: 1) { "f" a(b: Int = 1 @d, "x" c: [String!]!): T! @deprecated }
        interface I implements J & K { a: Int } union V @a = | A | B extend union V = C
        enum E @a { "one" A @d B } input In @a { a: Int = 3 b: [In!] = [{a: 1}] } extend input In @b
        directive @dir(a: Int = 1, b: S) repeatable on | FIELD | QUERY scalar D @specifiedBy(url: "u")
        """,
    ]

    private static let pieces: [String] = [
        "{", "}", "(", ")", "[", "]", ":", "!", "$", "@", "=", "|", "&", "...", ".", "\"", "\"\"\"", "\\", "\\u",
        "\\u{",
        "'", "00", "-", "1.", "e", "on", "type", "extend", "true", "\"on\"", "é", "😀", "\u{0}", "\r", "\n", "\u{FEFF}",
        "#",
    ]

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[next(below: elements.count)]
    }

    /// The text with one to three bytes or pieces removed, added or cut off; it may not be UTF-8 any more.
    mutating func mutated(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0...next(below: 3) {
            let position = next(below: bytes.count + 1)
            switch next(below: 4) {
            case 0: bytes.removeSubrange(position..<min(bytes.count, position + 1 + next(below: 3)))
            case 1: bytes.removeSubrange(position...)
            case 2: bytes.insert(contentsOf: pick(Self.pieces).utf8, at: position)
            default: bytes.insert(UInt8(next(below: 256)), at: position)
            }
        }
        return bytes
    }

    private mutating func next(below bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}
