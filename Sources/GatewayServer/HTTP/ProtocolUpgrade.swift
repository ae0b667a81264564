internal import NIOCore

/// The switch of a connection from HTTP to another protocol.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-7.8
struct ProtocolUpgrade: Sendable {
    /// The header fields of the response, `Upgrade` among them.
    let headers: [(name: String, value: String)]
    /// Adds the handlers of the protocol to the end of a pipeline, on its event loop.
    let addHandlers: @Sendable (any Channel, EventLoopExecutor, ConnectionMonitor) throws -> Void
}
