/// The reply to a write, as its protocol represents it, to be sent again.
struct StoredReply: Sendable {
    private let value: any Sendable
    /// The size of the reply in bytes.
    let byteCount: Int

    init(_ value: some Sendable, byteCount: Int) {
        self.value = value
        self.byteCount = byteCount
    }

    /// The reply; nil: it is of another protocol.
    func response<Response: Sendable>(as type: Response.Type) -> Response? { value as? Response }
}
