package import NIOCore

/// The limits of one connection.
package struct ConnectionLimits: Sendable, Equatable {
    /// How long a connection may be idle, a request may take to arrive, or a client may take to read a response.
    package var idleTimeout = TimeAmount.seconds(75)
    /// How long the handshake of TLS may take.
    package var handshakeTimeout = TimeAmount.seconds(10)
    /// How long what a refused client still sends is read and thrown away.
    package var lingerTimeout = TimeAmount.seconds(2)
    /// The most bytes of a request's body.
    package var maximumBodyBytes = 1 << 20
    /// The most bytes of a request's header fields together.
    package var maximumHeaderBytes = 64 << 10
    /// The most header fields of a request.
    package var maximumHeaderFields = 100

    package init() {}

    /// The most bytes of a request that has a body of so many, with what is counted by nothing else: extensions and sizes of
    /// chunks, empty lines, white space.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-7.1.1-4
    func maximumWireBytes(body: Int) -> Int { maximumHeaderBytes + Self.padding + (1 + Self.paddingPerByte) * body }

    /// How many bytes beside header fields and body are let pass with any body.
    private static let padding = 64 << 10
    /// How many more with each byte of the body: a chunk of one byte has five.
    private static let paddingPerByte = 8
}
