internal import BaseEncodings
internal import JSON

/// Masks a secret in texts of other servers: unchanged, in a usual encoding, in any letter case, or a long part of one of these.
///
/// The work is that of reading a text of at most `MessageText.maximumBytes` and a few encodings of the secret once.
struct SecretMask {
    /// The fewest bytes of a secret that is masked: shorter ones may be words of any message.
    private static let leastBytes = 4
    /// The most bytes of a secret that texts are searched for; texts to callers with a longer one are left out as a whole.
    private static let mostBytes = 4096
    /// The fewest consecutive bytes that count as a part of the secret.
    private static let leastPart = 12
    private static let ellipsis = Array("…".utf8)
    private static let withheld = "The message is not shown, because the key has more than \(mostBytes) bytes."

    private let authorization: String
    private let secret: Substring

    /// Makes the mask of a value of `Authorization`; nil if it has no secret that differs from common words.
    init?(_ authorization: String?) {
        guard let authorization, let secret = authorization.split(separator: " ").last,
            secret.utf8.count >= Self.leastBytes
        else { return nil }
        self.authorization = authorization
        self.secret = secret
    }

    /// The text, cut to the length of a message, with an ellipsis in place of each part of the secret.
    func hidden(in text: String) -> String {
        let text = MessageText.bounded(text)
        guard secret.utf8.count <= Self.mostBytes else { return Self.withheld }
        let bytes = withoutSecret(Array(text.utf8))
        let found = parts(in: bytes)
        guard !found.isEmpty else { return String(decoding: bytes, as: UTF8.self) }
        var shown: [UInt8] = []
        // The end of the secret's bytes so far, and the end of the bytes that have been written.
        var end = 0
        let windows = Self.windows(of: bytes)
        for position in bytes.indices {
            if position < windows.count, found.contains(windows[position]) {
                if position > end || end == 0 { shown += Self.ellipsis }
                end = position + Self.leastPart
            }
            if position >= end { shown.append(bytes[position]) }
        }
        return String(decoding: shown, as: UTF8.self)
    }

    /// The text with an ellipsis in place of the secret, whatever marks follow it.
    private func withoutSecret(_ text: [UInt8]) -> [UInt8] {
        let secret = Array(secret.utf8)
        guard text.count >= secret.count else { return text }
        var shown: [UInt8] = []
        var position = 0
        while position < text.count {
            if text[position] == secret[0], text[position...].starts(with: secret) {
                shown += Self.ellipsis
                position += secret.count
            } else {
                shown.append(text[position])
                position += 1
            }
        }
        return shown
    }

    /// The parts of the secret's encodings that a text has.
    private func parts(in bytes: [UInt8]) -> Set<UInt128> {
        let windows = Set(Self.windows(of: bytes))
        guard !windows.isEmpty else { return [] }
        // PERF: nearly no part of the secret is in the text; this rules most of them out without hashing.
        var filter = [Bool](repeating: false, count: Self.filterSize)
        for window in windows { filter[Self.slot(of: window)] = true }
        var found: Set<UInt128> = []
        for encoding in encodings {
            for window in Self.windows(of: encoding) where filter[Self.slot(of: window)] && windows.contains(window) {
                found.insert(window)
            }
        }
        return found
    }

    private static let filterSize = 1 << 14

    private static func slot(of window: UInt128) -> Int {
        let folded = UInt64(truncatingIfNeeded: window ^ window >> 48) &* 0x9E37_79B9_7F4A_7C15
        return Int(folded >> 50)
    }

    /// The secret in the encodings in which servers write it.
    private var encodings: [[UInt8]] {
        let own = Array(secret.utf8)
        // A secret within a longer text that is encoded, such as `user:secret`, begins at any of three bits.
        let texts = [Array(authorization.utf8)] + (0..<3).map { Array(own.dropFirst($0)) }
        let base64 = texts.map { Array(Base64.standard.encode($0).utf8.prefix { $0 != UInt8(ascii: "=") }) }
        let digits = Array(Hexadecimal.encode(own).utf8)
        let percent = UInt8(ascii: "%")
        let escaped = own.indices.flatMap { [percent, digits[2 * $0], digits[2 * $0 + 1]] }
        let partlyEscaped = own.indices.flatMap { index in
            Self.isUnreserved(own[index]) ? [own[index]] : [percent, digits[2 * index], digits[2 * index + 1]]
        }
        return [own, digits, escaped, partlyEscaped] + base64
    }

    /// Whether a byte needs no escape in a URI: https://www.rfc-editor.org/rfc/rfc3986#section-2.3.
    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// All parts of the least length, one for each position, without the differences of letter case and of alphabets of base 64.
    private static func windows(of bytes: [UInt8]) -> [UInt128] {
        guard bytes.count >= leastPart else { return [] }
        var windows: [UInt128] = []
        windows.reserveCapacity(bytes.count - leastPart + 1)
        var window: UInt128 = 0
        for (position, byte) in bytes.enumerated() {
            window = (window << 8 | UInt128(folded(byte))) & (1 << (8 * UInt128(leastPart)) - 1)
            if position >= leastPart - 1 { windows.append(window) }
        }
        return windows
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        default: byte
        }
    }
}
