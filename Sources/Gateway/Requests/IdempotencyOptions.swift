/// The limits of stored replies to writes with an idempotency key.
package struct IdempotencyOptions: Sendable {
    /// The time for which a key identifies the same write, from its first request.
    package var age: Duration = .seconds(24 * 3600)
    /// The most bytes of stored replies; the oldest are dropped first.
    package var maximumBytes = 16 << 20

    package init() {}
}
