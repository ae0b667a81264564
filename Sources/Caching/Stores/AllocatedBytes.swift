/// The bytes of memory that values allocate outside of themselves, as the allocator rounds them, for caches bounded in bytes.
package enum AllocatedBytes {
    /// The length in bytes up to which the value itself holds a string.
    private static let longestInlineString = 15
    /// The bytes before the content of an array or a string.
    private static let bufferHead = 32
    /// The bytes before the members of an object.
    private static let objectHead = 16

    /// The bytes of a block of memory: glibc adds the size, and rounds up to a multiple of 16.
    package static func block(_ bytes: Int) -> Int { max(32, (bytes + 8 + 15) & ~15) }

    /// The bytes of an object whose members take `bytes` bytes.
    package static func object(_ bytes: Int) -> Int { block(objectHead + bytes) }

    /// The bytes of a string without unused capacity.
    package static func string(_ string: String) -> Int {
        let count = string.utf8.count
        return count <= longestInlineString ? 0 : block(bufferHead + count + 1)
    }

    /// The bytes of a string without unused capacity; 0 for nil.
    package static func string(_ text: String?) -> Int { text.map { string($0) } ?? 0 }

    /// The bytes of an array and its unused capacity, without those that its elements allocate.
    package static func array<Element>(_ array: [Element]) -> Int {
        array.capacity == 0 ? 0 : block(bufferHead + array.capacity * MemoryLayout<Element>.stride)
    }
}

extension String {
    /// The same text without unused capacity: a string that is built piece by piece may take up twice its length.
    package var compacted: String {
        unsafe utf8.withContiguousStorageIfAvailable { unsafe String(decoding: $0, as: UTF8.self) } ?? self
    }
}
