internal import BaseEncodings
internal import JSON

/// Masks a secret in texts of other servers: unchanged, in a usual encoding, or a long part of either.
struct SecretMask {
    /// The fewest bytes of a secret that is masked: shorter ones may be words of any message.
    private static let leastBytes = 4
    /// The fewest consecutive bytes that count as a part of the secret.
    private static let leastPart = 12
    private static let ellipsis = Array("…".utf8)

    private let secret: Substring
    /// All parts of that length, of all encodings.
    private let parts: Set<ArraySlice<UInt8>>

    /// Makes the mask of a value of `Authorization`; nil if it has no secret that differs from common words.
    init?(_ authorization: String?) {
        guard let authorization, let secret = authorization.split(separator: " ").last,
            secret.utf8.count >= Self.leastBytes
        else { return nil }
        self.secret = secret
        let own = Array(secret.utf8)
        var forms = [own]
        for bytes in [own, Array(authorization.utf8)] {
            forms.append(Array(Base64.url.encode(bytes).utf8))
            forms.append(Array(Base64.standard.encode(bytes).utf8.prefix { $0 != UInt8(ascii: "=") }))
        }
        let digits = Hexadecimal.encode(own)
        forms += [Array(digits.utf8), Array(digits.uppercased().utf8)]
        var parts: Set<ArraySlice<UInt8>> = []
        for form in forms where form.count >= Self.leastPart {
            for start in 0...form.count - Self.leastPart { parts.insert(form[start..<start + Self.leastPart]) }
        }
        self.parts = parts
    }

    /// The text with an ellipsis in place of each part of the secret.
    func hidden(in text: String) -> String {
        let text = text.replacing(secret, with: "…")
        let bytes = Array(text.utf8)
        guard bytes.count >= Self.leastPart else { return text }
        var shown: [UInt8] = []
        // The end of the secret's bytes so far, and the end of the bytes that have been written.
        var (end, position) = (0, 0)
        while position < bytes.count {
            if position + Self.leastPart <= bytes.count, parts.contains(bytes[position..<position + Self.leastPart]) {
                if position > end || end == 0 { shown += Self.ellipsis }
                end = position + Self.leastPart
            }
            if position >= end { shown.append(bytes[position]) }
            position += 1
        }
        return end == 0 ? text : String(decoding: shown, as: UTF8.self)
    }
}
