/// The response to a write as it is given again, as the protocol has it in which it was asked for.
struct StoredReply: Sendable {
    private let value: any Sendable
    /// The size of the response.
    let byteCount: Int

    init(_ value: some Sendable, byteCount: Int) {
        self.value = value
        self.byteCount = byteCount
    }

    /// The response; nil: it is one of another protocol.
    func response<Response: Sendable>(as type: Response.Type) -> Response? { value as? Response }
}
