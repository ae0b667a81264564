/// One HTTP request to an upstream.
package struct TransportRequest: Sendable {
    /// `GET`, `POST`, `PATCH`, `PUT` or `DELETE`.
    package var method: String

    /// The absolute URL, with scheme `http` or `https`, as it goes out: every special character is percent-encoded already.
    package var url: String

    /// The header fields; those of the connection and of the body's length are the transport's own affair.
    ///
    /// Requests that share one array are sent faster than requests with arrays that are only equal.
    package var headers: [(name: String, value: String)]

    /// The content; nil where the request has none.
    ///
    /// A `GET` must have none.
    package var body: [UInt8]?

    /// How long the whole exchange may take, from its hand-over to the last byte of the response.
    package var timeout: Duration

    /// How it connects; nil: as the transport's configuration says.
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
