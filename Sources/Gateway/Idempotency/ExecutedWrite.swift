/// The outcome of a write: its reply, and the state with which its request continues.
struct ExecutedWrite<State: Sendable>: Sendable {
    /// The reply, as it is stored.
    let reply: StoredReply
    /// The state with which the request continues.
    let state: State
    /// Whether nothing was written, and the same request may succeed later.
    let mayBeRepeated: Bool
}
