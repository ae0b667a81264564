/// Parses weights of content negotiation, from 0 to 1000 thousandths.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-12.4.2
enum Weight {
    static let most = 1000

    /// Parses the value of `q`, as in `1`, `0.5` or `0.125`, to thousandths; nil if it is not valid.
    static func read(_ text: String) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0] == "0" || parts[0] == "1" else { return nil }
        let digits = parts.count == 2 ? parts[1] : ""
        guard digits.utf8.count <= 3, digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
            return nil
        }
        let padded = digits + String(repeating: "0", count: 3 - digits.utf8.count)
        let thousandths = (parts[0] == "1" ? most : 0) + (Int(padded) ?? 0)
        return thousandths <= most ? thousandths : nil
    }
}
