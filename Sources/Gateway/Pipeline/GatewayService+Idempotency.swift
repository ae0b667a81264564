internal import Caching
internal import GraphQL
internal import Upstream

extension GatewayService {
    /// Executes a write with an idempotency key, unless an equal request has executed it or is executing it.
    ///
    /// - Parameters:
    ///   - request: the write with its key.
    ///   - execute: executes it.
    /// - Returns: the reply, and whether it is that of an equal request.
    /// - Throws: the key was used for another request, or an equal one is in progress for longer than this one may wait.
    func once<State: Sendable>(
        _ request: IdempotentRequest,
        execute: @escaping @Sendable () async -> ExecutedWrite<State>
    ) async throws(RequestRefusal) -> WriteOnce<State> {
        let deadline = broker.scheduler.now() + limits.timeout
        while true {
            switch replays.begin(request, at: broker.now()) {
            case .mismatch: throw .idempotency(.idempotencyKeyReused)
            case .replay(let reply): return .replayed(reply)
            case .execute(let ticket):
                // A client that disconnects may request the reply again: the write is executed to its end.
                let executed = await Task { [replays] in
                    let executed = await execute()
                    let stored = executed.mayBeRepeated ? nil : executed.reply
                    replays.end(ticket, with: stored, bytes: executed.reply.byteCount)
                    return executed
                }.value
                return .executed(executed.reply, executed.state)
            case .wait(let flight):
                switch await flight.wait(until: deadline, scheduler: broker.scheduler) {
                case .value(let reply): return .replayed(reply)
                // Nothing was written: this request executes it.
                case .abandoned: continue
                case .deadlinePassed, .cancelled: throw .idempotency(.idempotencyKeyInUse)
                }
            }
        }
    }
}
