/// How much memory values take up outside of themselves, as the allocator rounds it: what caches that are bounded in bytes
/// count.
package enum AllocatedBytes {
    /// Strings up to this length lie in the value itself.
    private static let longestInlineString = 15
    /// What stands before the content of an array or a string.
    private static let bufferHead = 32
    /// What stands before the members of an object.
    private static let objectHead = 16

    /// A block of so many bytes: glibc adds its size, and rounds up to a multiple of 16.
    package static func block(_ bytes: Int) -> Int { max(32, (bytes + 8 + 15) & ~15) }

    /// An object whose members take so many bytes.
    package static func object(_ bytes: Int) -> Int { block(objectHead + bytes) }

    /// A string that has no room for more.
    package static func string(_ string: String) -> Int {
        let count = string.utf8.count
        return count <= longestInlineString ? 0 : block(bufferHead + count + 1)
    }

    /// A string that has no room for more, if there is one.
    package static func string(_ text: String?) -> Int { text.map { string($0) } ?? 0 }

    /// An array and its room for more, without what its elements allocate.
    package static func array<Element>(_ array: [Element]) -> Int {
        array.capacity == 0 ? 0 : block(bufferHead + array.capacity * MemoryLayout<Element>.stride)
    }
}

extension String {
    /// The same text without room for more: one that is built piece by piece may take up twice its length.
    package var compacted: String {
        unsafe utf8.withContiguousStorageIfAvailable { unsafe String(decoding: $0, as: UTF8.self) } ?? self
    }
}
