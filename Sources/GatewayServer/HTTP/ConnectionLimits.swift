package import NIOCore

/// The limits of one connection.
package struct ConnectionLimits: Sendable, Equatable {
    /// The time for which a connection may be idle, a request may take to arrive, or a client may take to read a response.
    package var idleTimeout = TimeAmount.seconds(75)
    /// The timeout of the TLS handshake.
    package var handshakeTimeout = TimeAmount.seconds(10)
    /// The time for which the bytes of a refused client are read and discarded.
    package var lingerTimeout = TimeAmount.seconds(2)
    /// The most bytes of a request's body.
    package var maximumBodyBytes = 1 << 20
    /// The most bytes of all header fields of a request.
    package var maximumHeaderBytes = 64 << 10
    /// The most header fields of a request.
    package var maximumHeaderFields = 100

    package init() {}

    /// The most bytes on the wire of a request with a body of so many bytes, including those that no other limit counts: chunk extensions
    /// and sizes, empty lines, white space.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-7.1.1-4
    func maximumWireBytes(body: Int) -> Int { maximumHeaderBytes + Self.padding + (1 + Self.paddingPerByte) * body }

    /// The bytes besides header fields and body that every request may have.
    private static let padding = 64 << 10
    /// The further bytes that it may have for each byte of the body: a chunk of one byte has five.
    private static let paddingPerByte = 8
}
