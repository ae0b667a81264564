/// An upstream's whole response, whatever its status.
package struct TransportResponse: Sendable {
    /// The status code of the final response.
    package let status: Int

    /// The header fields of the final response.
    package let headers: TransportHeaders

    /// The content, decoded.
    package let body: [UInt8]

    package init(status: Int, headers: TransportHeaders = TransportHeaders(), body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
