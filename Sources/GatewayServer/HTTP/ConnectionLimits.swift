internal import NIOCore

/// What one connection may take up.
struct ConnectionLimits: Sendable {
    /// How long a connection may rest, or a request may take to come in.
    var idleTimeout = TimeAmount.seconds(75)
    /// The most bytes of a request's body.
    var maximumBodyBytes: Int
}
