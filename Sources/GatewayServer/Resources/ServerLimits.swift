package import NIOCore

/// The limits of all connections of a server together, and of its shutdown.
package struct ServerLimits: Sendable {
    /// The limits of open connections.
    package var connections = ConnectionCounts(maximum: 20_000)
    /// The most bytes of requests that are incomplete or being executed.
    package var maximumRequestBytes = 256 << 20
    /// The most bytes of responses that clients have not read yet.
    package var maximumUnreadBytes = 256 << 20
    /// The most requests that wait at a time.
    package var maximumRequestsInFlight = 10_000
    /// The time for which the server reports that it is not ready, but still serves, before it shuts down.
    package var drainDelay = Duration.zero
    /// Waits for the drain delay; replaced in tests.
    // The delay is in real time. If the task that stops the server is cancelled, the delay ends early; there is no error to handle.
    package var sleep: @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
    /// The timeout for requests in progress when the server shuts down.
    package var drainTimeout = TimeAmount.seconds(20)
    /// Called when much memory has been freed, so that it can be returned to the system; it must not block.
    package var memoryWasReleased: (@Sendable () -> Void)?
    /// Logs a message for operators.
    package var log: @Sendable (String) -> Void = { _ in }

    package init() {}

    /// The value of `drainTimeout` in whole seconds.
    package var drainSeconds: Int {
        get { Int(drainTimeout.nanoseconds / 1_000_000_000) }
        set { drainTimeout = .seconds(Int64(newValue)) }
    }
}
