/// The bytes of a node in its source: from `start` up to, not including, `end`.
package struct SourceRange: Sendable, Hashable {
    package let start: Int32
    package let end: Int32

    package init(start: Int, end: Int) {
        self.start = Int32(clamping: start)
        self.end = Int32(clamping: end)
    }
}
