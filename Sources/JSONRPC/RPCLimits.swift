/// What one message may be.
package struct RPCLimits: Sendable, Hashable {
    /// The most requests of a batch.
    package var maximumBatch = 100
    /// The longest message.
    package var maximumMessageBytes = 1 << 20
    /// How deep a message's values may nest.
    package var maximumDepth = 128

    package init() {}
}
