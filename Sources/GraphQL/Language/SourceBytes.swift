/// The bytes of a source while it is being parsed: reading past the end gives zero instead of a trap.
///
/// All unsafe reads of the parser are confined to this type. It must not outlive the closure to which it is passed.
@safe struct SourceBytes {
    // PERF: a buffer pointer saves the lexer a reference count and an array's bounds check per byte.
    private let buffer: UnsafeBufferPointer<UInt8>

    private init(_ buffer: UnsafeBufferPointer<UInt8>) {
        // SAFETY: `read` retains the array for as long as the handle is in use.
        unsafe self.buffer = buffer
    }

    /// Hands the bytes of a source to a closure.
    static func read<Result>(
        _ source: Source,
        _ body: (SourceBytes) throws(SyntaxError) -> Result
    ) throws(SyntaxError) -> Result {
        // SAFETY: the handle is made, used and dropped inside the closure; no parser stores it in its result.
        try unsafe source.text.withUnsafeBufferPointer { buffer throws(SyntaxError) in
            try unsafe body(SourceBytes(buffer))
        }
    }

    /// The bytes up to an offset, at which the text ends.
    func prefix(_ count: Int) -> SourceBytes {
        // SAFETY: the prefix is part of the same array and is used as long as this handle at most.
        unsafe SourceBytes(UnsafeBufferPointer(rebasing: buffer.prefix(count)))
    }

    var count: Int {
        // SAFETY: reads the count that is stored beside the pointer.
        unsafe buffer.count
    }

    /// The byte at an offset from the start; zero past the end.
    subscript(offset: Int) -> UInt8 {
        assert(offset >= 0)
        // SAFETY: offsets only grow from zero, and the upper bound is checked here.
        return offset < count ? unsafe buffer[offset] : 0
    }

    /// The text from one offset up to another; bytes that are not UTF-8 become U+FFFD.
    func string(from start: Int, to end: Int) -> String {
        // SAFETY: the slice's own bounds check holds in release builds, and the string copies the bytes.
        unsafe String(decoding: UnsafeBufferPointer(rebasing: buffer[start..<min(end, count)]), as: UTF8.self)
    }

    /// A copy of the bytes from one offset up to another.
    func bytes(from start: Int, to end: Int) -> [UInt8] {
        // SAFETY: the slice's own bounds check holds in release builds, and the array copies the bytes.
        unsafe Array(buffer[start..<min(end, count)])
    }

    /// Whether the text from one offset up to another is exactly a word.
    func matches(_ word: StaticString, from start: Int, to end: Int) -> Bool {
        guard end - start == word.utf8CodeUnitCount else { return false }
        for index in 0..<word.utf8CodeUnitCount {
            // SAFETY: the index is below the word's count, and words are never single scalars.
            guard self[start + index] == (unsafe word.utf8Start[index]) else { return false }
        }
        return true
    }

    /// The Unicode scalar at an offset and the number of its bytes; nil if the bytes there are not UTF-8.
    func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        let first = self[offset]
        let length: Int
        switch first {
        case 0x00...0x7F: return offset < count ? (Unicode.Scalar(first), 1) : nil
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return nil
        }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for index in 1..<length {
            let byte = self[offset + index]
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        // The longer forms must not spell what a shorter one could; surrogates are refused by the scalar itself.
        guard value >= [0, 0, 0x80, 0x800, 0x1_0000][length], let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, length)
    }
}
