/// Makes and compares entity tags.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
enum EntityTag {
    /// A short digest that most probably differs for other bytes: FNV-1a of 64 bits and the length.
    static func digest(_ bytes: [UInt8]) -> String {
        let hash = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16) + "-" + String(bytes.count, radix: 16)
    }

    /// Whether `If-Match` matches an existing document with a weak tag: only `*` does, or if there is no such field.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
    static func meetsMatch(_ value: String?) -> Bool {
        guard let value else { return true }
        return HeaderList.split(value[...], on: ",").contains("*")
    }

    /// Whether `If-None-Match` has a tag, by weak comparison, as the field requires.
    static func list(_ value: String?, contains tag: String) -> Bool {
        guard let value else { return false }
        return HeaderList.split(value[...], on: ",").contains { element in
            element == "*" || element == tag || element == "W/\(tag)"
        }
    }
}
