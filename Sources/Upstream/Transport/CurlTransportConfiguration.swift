/// The limits and connection settings of a `CurlTransport`.
package struct CurlTransportConfiguration: Sendable {
    /// The longest time to establish a connection, including its handshakes.
    package var connectTimeout: Duration = .seconds(5)

    /// The most bytes of a response's content, decoded.
    package var maximumResponseBytes = 32 << 20

    /// The most connections to one host and port, and the most concurrent exchanges with it, even over a shared connection.
    ///
    /// Further requests wait, and their timeouts include the wait.
    package var maximumConnectionsPerHost = 64

    /// The most connections in total.
    package var maximumConnections = 256

    /// Whether the transport offers HTTP/2 over TLS.
    ///
    /// Over cleartext it is always HTTP/1.1.
    package var allowsHTTP2 = true

    /// Whether requests accept compressed content.
    package var acceptsCompression = true

    /// The value of `User-Agent`.
    package var userAgent = "gateway"

    /// The TLS and proxy settings of requests that have none of their own.
    package var connection = UpstreamConnection.direct

    /// Addresses of hosts that are not looked up, each as `HOST:PORT:ADDRESS[,ADDRESS]`.
    package var knownAddresses: [String] = []

    /// The speed below which an exchange is ended before its timeout; nil: none.
    package var lowSpeedLimit: LowSpeedLimit?

    /// The executor on which responses with long content are received, as parsing it takes long; nil: the caller's, as all others.
    package var executorForLongContent: (any TaskExecutor)?

    package init() {}

    /// The lowest average speed of a transfer.
    package struct LowSpeedLimit: Sendable {
        /// The lowest number of bytes per second.
        package var bytesPerSecond: Int

        /// The seconds for which the speed may be lower.
        package var seconds: Int

        package init(bytesPerSecond: Int, seconds: Int) {
            self.bytesPerSecond = bytesPerSecond
            self.seconds = seconds
        }
    }
}
