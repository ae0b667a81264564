/// Identifies versions of a document.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
enum EntityTag {
    /// A short text that is another one for other bytes, most probably: FNV-1a of 64 bits and the length.
    static func digest(_ bytes: [UInt8]) -> String {
        let hash = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16) + "-" + String(bytes.count, radix: 16)
    }

    /// Whether the value of `If-Match` is met by a document that is there, whose tag is weak: by `*` alone, or if there is no such field.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
    static func meetsMatch(_ value: String?) -> Bool {
        guard let value else { return true }
        return HeaderList.split(value[...], on: ",").contains("*")
    }

    /// Whether the value of `If-None-Match` names a tag, compared weakly, as the field asks for.
    static func list(_ value: String?, contains tag: String) -> Bool {
        guard let value else { return false }
        return HeaderList.split(value[...], on: ",").contains { element in
            element == "*" || element == tag || element == "W/\(tag)"
        }
    }
}
