/// Compares texts that an upstream may treat as equal: some ignore the letter case of ids, or accept `-` for `_`.
enum Spelling {
    /// Whether texts differ at most in the case of ASCII letters and in `-` and `_`.
    static func areAlike(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { folded($0) == folded($1) }
    }

    /// A text that is equal for all texts that are alike.
    static func common(_ text: String) -> String { String(decoding: text.utf8.map(folded), as: UTF8.self) }

    private static func folded(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case UInt8(ascii: "-"): UInt8(ascii: "_")
        default: byte
        }
    }
}
