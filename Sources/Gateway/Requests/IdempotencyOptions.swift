/// For how long the responses to writes with an idempotency key are stored.
package struct IdempotencyOptions: Sendable {
    /// How long a key stands for the same write, from when it comes first.
    package var age: Duration = .seconds(24 * 3600)
    /// The most bytes of stored responses; the oldest are dropped first.
    package var maximumBytes = 16 << 20

    package init() {}
}
