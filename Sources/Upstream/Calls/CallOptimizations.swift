/// The optimizations of upstream calls, each of which can be turned off.
///
/// All are on by default; the switches exist to measure their effects.
package struct CallOptimizations: Sendable, Hashable {
    /// Whether calls are planned together by cost; otherwise each field makes its own.
    package var batching = true
    /// Whether equal calls are made once; otherwise each field makes its own.
    package var deduplication = true
    /// Whether responses are cached.
    package var caching = true
    /// The longest time that lookups of objects wait for lists in flight instead of making calls of their own.
    package var longestWaitForLists = Duration.seconds(2)

    package init() {}
}
