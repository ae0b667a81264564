/// How a write with an idempotency key has been carried out.
enum WriteOnce<State: Sendable>: Sendable {
    /// By this request.
    case executed(StoredReply, State)
    /// By an equal request before it.
    case replayed(StoredReply)

    /// The response.
    var reply: StoredReply {
        switch self {
        case .executed(let reply, _), .replayed(let reply): reply
        }
    }

    /// Whether the response is that of an equal request.
    var isReplayed: Bool { if case .replayed = self { true } else { false } }
}
