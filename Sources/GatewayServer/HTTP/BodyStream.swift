/// A response body that is made while the client reads it.
struct BodyStream: Sendable {
    /// Makes the body; returns when it is complete.
    let produce: @Sendable (BodyWriter) async -> Void
}
