/// A growing buffer of bytes to be sent, whose memory can be reused.
// SAFETY: `memory` is private to the value, which cannot be copied; its first `count` bytes of `capacity` are initialised.
@safe
@usableFromInline
package struct OutputBuffer: ~Copyable {
    @usableFromInline var memory: UnsafeMutableRawPointer
    @usableFromInline var capacity: Int
    /// The number of bytes in use.
    @usableFromInline var used = 0
    /// The size in bytes beyond which the memory is not doubled.
    private let expectedMaximum: Int

    /// Makes an empty buffer with space for some bytes.
    ///
    /// Beyond the expected maximum, which is rarely exceeded, the memory grows by little more than needed.
    package init(minimumCapacity: Int = 1024, expectedMaximum: Int = .max) {
        self.expectedMaximum = expectedMaximum
        capacity = max(minimumCapacity, 16)
        // SAFETY: freed in `deinit`.
        unsafe memory = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        // SAFETY: allocated in `init` or `grow(by:)`, and nobody else has the pointer.
        unsafe memory.deallocate()
    }
}

extension OutputBuffer {
    /// The number of bytes.
    @inlinable
    package var count: Int { used }

    /// The number of bytes of memory that are allocated.
    package var allocatedBytes: Int { capacity }

    /// Whether there are no bytes.
    @inlinable
    package var isEmpty: Bool { used == 0 }

    /// Appends a byte.
    // PERF: punctuation comes byte by byte; the call would cost more than the store.
    @inlinable @inline(__always)
    package mutating func append(_ byte: UInt8) {
        reserve(1)
        // SAFETY: there is room for a byte.
        unsafe memory.storeBytes(of: byte, toByteOffset: used, as: UInt8.self)
        used &+= 1
    }

    /// Appends a text that is known at compile time.
    @usableFromInline
    package mutating func append(_ text: StaticString) {
        guard text.hasPointerRepresentation else {
            for byte in text.description.utf8 { append(byte) }
            return
        }
        // SAFETY: a static string's memory lives as long as the program.
        unsafe append(contentsOf: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends bytes.
    @inlinable
    package mutating func append(contentsOf bytes: [UInt8]) {
        // SAFETY: the array's memory outlives the call.
        unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
    }

    /// Appends bytes.
    @inlinable
    package mutating func append(contentsOf bytes: ArraySlice<UInt8>) {
        // SAFETY: the slice's memory outlives the call.
        unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
    }

    /// Appends a part of an array's bytes.
    // PERF: see `JSONDocument.write(_:into:)`.
    @inlinable
    package mutating func append(contentsOf bytes: [UInt8], in range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "The range is not within the array.")
        // SAFETY: the range has been checked, and the array's memory outlives the call.
        unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// Appends bytes.
    @inlinable
    package mutating func append(contentsOf bytes: Span<UInt8>) {
        // SAFETY: the span's memory outlives the call.
        unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
    }

    /// Appends bytes.
    @inlinable
    @unsafe package mutating func append(contentsOf bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        // SAFETY: there is room, and the caller vouches for the source.
        unsafe (memory + used).copyMemory(from: source, byteCount: bytes.count)
        used &+= bytes.count
    }

    /// Appends a copy of a range of the buffer's bytes.
    package mutating func append(copyOf range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= used, "There are not that many bytes.")
        reserve(range.count)
        // SAFETY: the range lies in the bytes in use, behind which there is room.
        unsafe (memory + used).copyMemory(from: memory + range.lowerBound, byteCount: range.count)
        used &+= range.count
    }

    /// Replaces a byte.
    @inlinable
    package mutating func replaceByte(at offset: Int, with byte: UInt8) {
        precondition(0..<used ~= offset, "There are not that many bytes.")
        // SAFETY: the offset lies in the bytes in use.
        unsafe memory.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
    }

    /// Appends a string's UTF-8 as it is.
    package mutating func append(utf8Of string: String) {
        append(contentsOf: string.utf8.span)
    }

    /// Removes the bytes from an offset on, as if they had never been appended.
    package mutating func truncate(to count: Int) {
        precondition(0...used ~= count, "There are not that many bytes.")
        used = count
    }

    /// Removes all bytes and retains the memory, or frees what exceeds the initial need.
    package mutating func removeAll(keepingCapacity: Bool = true) {
        used = 0
        guard !keepingCapacity, capacity > 1024 else { return }
        // SAFETY: the old memory is not used again.
        unsafe memory.deallocate()
        capacity = 1024
        unsafe memory = .allocate(byteCount: capacity, alignment: 16)
    }

    /// Calls a function with the bytes, which must not store the pointer.
    @inlinable
    @unsafe package func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // SAFETY: the first `used` bytes are initialised.
        unsafe try body(UnsafeRawBufferPointer(start: memory, count: used))
    }

    /// Copies the bytes.
    package func array() -> [UInt8] {
        // SAFETY: the array copies the bytes during the call.
        unsafe withUnsafeBytes { unsafe Array($0) }
    }

    /// Copies a range of the bytes.
    package func array(_ range: Range<Int>) -> [UInt8] {
        precondition(range.lowerBound >= 0 && range.upperBound <= used, "There are not that many bytes.")
        // SAFETY: the range lies in the bytes in use, and the array copies them during the call.
        return unsafe withUnsafeBytes { unsafe Array(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// Reserves space for more bytes.
    // PERF: the check is inlined, the rare growth is not.
    @inlinable @inline(__always)
    package mutating func reserve(_ additional: Int) {
        if capacity &- used < additional { grow(by: additional) }
    }

    /// Moves the bytes to a larger block.
    @usableFromInline @inline(never)
    mutating func grow(by additional: Int) {
        let doubled = capacity * 2
        // A sixteenth more than the expected maximum, for bytes in addition to the expected ones.
        let sufficient = expectedMaximum > doubled ? doubled : max(expectedMaximum, capacity) / 16 * 17
        let newCapacity = max(min(doubled, sufficient), used + additional)
        // SAFETY: the bytes in use are moved before the old block is freed.
        let newMemory = UnsafeMutableRawPointer.allocate(byteCount: newCapacity, alignment: 16)
        unsafe newMemory.copyMemory(from: memory, byteCount: used)
        unsafe memory.deallocate()
        unsafe memory = newMemory
        capacity = newCapacity
    }
}
