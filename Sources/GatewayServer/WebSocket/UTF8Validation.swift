/// Validates that bytes are UTF-8 piece by piece; rejects them at the first invalid byte.
///
/// https://www.rfc-editor.org/rfc/rfc3629#section-4
struct UTF8Validation {
    /// The number of bytes that the current character still lacks.
    private var missing = 0
    /// The valid range of the next byte, which excludes overlong forms, surrogates and values out of range.
    private var next: ClosedRange<UInt8> = 0x80...0xBF

    /// Whether the bytes so far end with a complete character.
    var isComplete: Bool { missing == 0 }

    /// Adds bytes; returns whether the text is still valid.
    mutating func add(_ bytes: some Sequence<UInt8>) -> Bool {
        for byte in bytes {
            if missing > 0 {
                guard next.contains(byte) else { return false }
                missing -= 1
                next = 0x80...0xBF
            } else if byte >= 0x80 {
                guard begin(byte) else { return false }
            }
        }
        return true
    }

    /// Begins a character of several bytes.
    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xC2...0xDF: (missing, next) = (1, 0x80...0xBF)
        case 0xE0: (missing, next) = (2, 0xA0...0xBF)
        case 0xED: (missing, next) = (2, 0x80...0x9F)
        case 0xE1...0xEF: (missing, next) = (2, 0x80...0xBF)
        case 0xF0: (missing, next) = (3, 0x90...0xBF)
        case 0xF4: (missing, next) = (3, 0x80...0x8F)
        case 0xF1...0xF3: (missing, next) = (3, 0x80...0xBF)
        default: return false
        }
        return true
    }
}
