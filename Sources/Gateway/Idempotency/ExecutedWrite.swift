/// A write that has been carried out, and what its request goes on with.
struct ExecutedWrite<State: Sendable>: Sendable {
    let reply: StoredReply
    let state: State
    /// Whether nothing has been written, and the same request may succeed later.
    let mayBeRepeated: Bool
}
