extension OutputBuffer {
    /// The number of bytes that `append(_:in:quoted:)` copies at once, even if fewer are appended.
    @usableFromInline static var stride: Int { 16 }

    /// Appends a range of a text, optionally in quotes.
    // PERF: most parts of most responses are short: two loads and two stores take less than a call that copies.
    @inlinable @inline(__always)
    package mutating func append(_ text: Span<UInt8>, in range: Range<Int>, quoted: Bool = false) {
        precondition(range.lowerBound >= 0 && range.upperBound <= text.count, "The range is not within the text.")
        let count = range.upperBound &- range.lowerBound
        reserve(count &+ Self.stride &+ 2)
        if quoted {
            // SAFETY: there is space for two quotes beside the text.
            unsafe memory.storeBytes(of: UInt8(ascii: "\""), toByteOffset: used, as: UInt8.self)
            used &+= 1
        }
        // SAFETY: the range has been checked, and there is space for the copied bytes; for a short text, sixteen bytes are copied only
        // if that many can be read.
        unsafe text.withUnsafeBytes { source in
            if count <= Self.stride, range.lowerBound &+ Self.stride <= source.count {
                let first = unsafe source.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self)
                let second = unsafe source.loadUnaligned(fromByteOffset: range.lowerBound &+ 8, as: UInt64.self)
                unsafe memory.storeBytes(of: first, toByteOffset: used, as: UInt64.self)
                unsafe memory.storeBytes(of: second, toByteOffset: used &+ 8, as: UInt64.self)
            } else if let start = source.baseAddress {
                unsafe (memory + used).copyMemory(from: start + range.lowerBound, byteCount: count)
            }
        }
        used &+= count
        if quoted {
            unsafe memory.storeBytes(of: UInt8(ascii: "\""), toByteOffset: used, as: UInt8.self)
            used &+= 1
        }
    }
}
