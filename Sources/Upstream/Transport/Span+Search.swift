private import Glibc

extension Span<UInt8> {
    /// Where a byte comes first in a range; nil: it does not.
    // PERF: the heads of all responses are searched, in several steps each.
    func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        // SAFETY: memchr reads only bytes of the span, which is there as long as the call takes.
        unsafe extracting(range).withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let match = unsafe memchr(base, Int32(byte), bytes.count) else {
                return nil
            }
            return unsafe range.lowerBound + (UnsafeRawPointer(match) - base)
        }
    }
}
