/// The outcome of a write with an idempotency key.
enum WriteOnce<State: Sendable>: Sendable {
    /// This request has executed the write.
    case executed(StoredReply, State)
    /// An equal request has executed it before.
    case replayed(StoredReply)

    /// The reply.
    var reply: StoredReply {
        switch self {
        case .executed(let reply, _), .replayed(let reply): reply
        }
    }

    /// Whether the reply is that of an earlier equal request.
    var isReplayed: Bool { if case .replayed = self { true } else { false } }
}
