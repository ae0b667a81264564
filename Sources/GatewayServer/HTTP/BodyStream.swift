/// A response body that is produced while the client reads it.
struct BodyStream: Sendable {
    /// Writes the body; returns when it is complete.
    let produce: @Sendable (BodyWriter) async -> Void
}
