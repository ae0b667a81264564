/// How a `CurlTransport` connects, and what it accepts.
package struct CurlTransportConfiguration: Sendable {
    /// How long a connection, with its handshakes, may take to establish.
    package var connectTimeout: Duration = .seconds(5)

    /// The most bytes that a response's content may have, counted with its content coding removed.
    package var maximumResponseBytes = 32 << 20

    /// The most connections to one host and port, and the most exchanges at a time, also where they share a connection.
    ///
    /// Requests beyond it wait, and their time runs on.
    package var maximumConnectionsPerHost = 64

    /// The most connections in total.
    package var maximumConnections = 256

    /// Whether HTTP/2 is offered over TLS.
    ///
    /// Over cleartext it is always HTTP/1.1.
    package var allowsHTTP2 = true

    /// Whether compressed content is asked for.
    package var acceptsCompression = true

    /// The value of `User-Agent`.
    package var userAgent = "gateway"

    /// How requests connect that do not say it themselves.
    package var connection = UpstreamConnection.direct

    /// Addresses of names that are not looked up, each as `HOST:PORT:ADDRESS[,ADDRESS]`.
    package var knownAddresses: [String] = []

    /// Ends exchanges that are too slow for too long, before their time is up.
    package var lowSpeedLimit: LowSpeedLimit?

    package init() {}

    /// An average speed that a transfer must keep.
    package struct LowSpeedLimit: Sendable {
        /// The least bytes a second.
        package var bytesPerSecond: Int

        /// How many seconds the speed may be lower.
        package var seconds: Int

        package init(bytesPerSecond: Int, seconds: Int) {
            self.bytesPerSecond = bytesPerSecond
            self.seconds = seconds
        }
    }
}
