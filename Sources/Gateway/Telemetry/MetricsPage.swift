/// A page of metrics.
package struct MetricsPage: Sendable {
    /// The value of `Content-Type`.
    package let contentType: String
    /// The text of the page in UTF-8.
    package let body: [UInt8]

    package init(contentType: String, body: [UInt8]) {
        self.contentType = contentType
        self.body = body
    }
}
