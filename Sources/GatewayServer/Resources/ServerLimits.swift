package import NIOCore

/// The limits of all connections of a server together, and of its shutdown.
package struct ServerLimits: Sendable {
    /// How many connections may be open.
    package var connections = ConnectionCounts(maximum: 20_000)
    /// The most bytes of requests that have not arrived completely, or are being served.
    package var maximumRequestBytes = 256 << 20
    /// The most bytes of responses that clients have not taken yet.
    package var maximumUnreadBytes = 256 << 20
    /// The most requests that wait for something at a time.
    package var maximumRequestsInFlight = 10_000
    /// How long the server is not ready and still serves before it stops.
    package var drainDelay = Duration.zero
    /// Waits for the drain delay; tests give a function that returns when they say so.
    // The delay passes for real. If the task that stops the server is cancelled, the delay ends early; there is no error to handle.
    package var sleep: @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
    /// How long what has begun may take when the server stops.
    package var drainTimeout = TimeAmount.seconds(20)
    /// Called when much memory is free again, so that it can be given back to the system; it must not block.
    package var memoryWasReleased: (@Sendable () -> Void)?
    /// Takes what operators should know.
    package var log: @Sendable (String) -> Void = { _ in }

    package init() {}

    /// The seconds of `drainTimeout`.
    package var drainSeconds: Int {
        get { Int(drainTimeout.nanoseconds / 1_000_000_000) }
        set { drainTimeout = .seconds(Int64(newValue)) }
    }
}
