internal import JSON

/// The limits of one message.
package struct RPCLimits: Sendable, Hashable {
    /// The most calls in a batch.
    package var maximumBatch = 100
    /// The most levels of nested arrays and objects of a message.
    package var maximumDepth = 128
    /// The most bytes of a message.
    package var maximumMessageBytes = 1 << 20

    package init() {}

    /// The limits of a message as JSON text.
    var json: JSONLimits { JSONLimits(maximumDepth: maximumDepth, maximumBytes: maximumMessageBytes) }
}
