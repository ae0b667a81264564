/// The limits of texts that the parser accepts.
package struct JSONLimits: Sendable, Hashable {
    /// The most levels of nested arrays and objects.
    package let maximumDepth: Int
    /// The most bytes of a text.
    package let maximumBytes: Int

    /// Sets the limits, each at most what the parser can represent: depth 1,024 and 2 GiB.
    package init(maximumDepth: Int = 512, maximumBytes: Int = 64 << 20) {
        // Values are copied, written and released recursively, and offsets are 32 bits wide.
        self.maximumDepth = min(max(maximumDepth, 0), 1024)
        self.maximumBytes = min(max(maximumBytes, 0), 1 << 31)
    }

    /// A depth of 512 and 64 MiB.
    package static let standard = JSONLimits()
}
