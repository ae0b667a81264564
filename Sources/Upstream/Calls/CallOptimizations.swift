/// Which optimizations of upstream calls are in use.
///
/// All are; the switches are there to measure what each is worth.
package struct CallOptimizations: Sendable, Hashable {
    /// Whether calls are planned by cost; otherwise each field makes its own.
    package var batching = true
    /// Whether equal calls are made once; otherwise each field makes its own.
    package var deduplication = true
    /// Whether responses are cached.
    package var caching = true
    /// The longest that objects wait for lists in flight in place of calls of their own.
    package var longestWaitForLists = Duration.seconds(2)

    package init() {}
}
