/// One HTTP request to an upstream.
package struct TransportRequest: Sendable {
    /// `GET`, `POST`, `PATCH`, `PUT` or `DELETE`.
    package var method: String

    /// The absolute URL, with scheme `http` or `https`, as it is sent: every special character is percent-encoded already.
    package var url: String

    /// The header fields; the transport adds those of the connection and of the body's length.
    ///
    /// Requests that share one array are sent faster than requests with arrays that are only equal.
    package var headers: [(name: String, value: String)]

    /// The content; nil where the request has none.
    ///
    /// A `GET` must have none.
    package var body: [UInt8]?

    /// The longest time of the whole exchange, from its submission to the last byte of the response.
    package var timeout: Duration

    /// The TLS and proxy settings; nil: those of the transport's configuration.
    package var connection: UpstreamConnection?

    package init(
        method: String = "GET",
        url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil,
        timeout: Duration,
        connection: UpstreamConnection? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.connection = connection
    }
}
