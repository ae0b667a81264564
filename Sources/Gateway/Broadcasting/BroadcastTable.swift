internal import Caching
private import Synchronization

/// The broadcasts that others may join, by what names their results.
final class BroadcastTable: Sendable {
    /// Asks streams for signs of life.
    private let heartbeats: Heartbeats
    private let broadcasts = Mutex<[StreamKey: ResultBroadcast]>([:])

    /// Makes a table without broadcasts; the scheduler has the clock of signs of life.
    init(scheduler: Scheduler) {
        heartbeats = Heartbeats(scheduler: scheduler)
    }

    /// How many there are.
    var count: Int { broadcasts.withLock(\.count) }

    /// Joins the broadcast of equal results, or begins one.
    ///
    /// - Parameters:
    ///   - key: what names the results; nil: they are for one subscriber alone.
    ///   - request: what is asked for.
    ///   - outlet: where results go; nil: they wait until they are taken.
    ///   - begin: begins a broadcast; calls what it is given at the end.
    /// - Returns: the results.
    func stream(
        _ key: StreamKey?,
        _ request: any StreamRequesting,
        _ outlet: StreamOutlet?,
        begin: (@escaping @Sendable (ResultBroadcast) -> Void) -> ResultBroadcast
    ) -> ResultStream {
        guard let outlet else {
            let queue = ResultQueue()
            return join(key, request, StreamOutlet(queue, on: ImmediateDelivery.shared), queue, begin)
        }
        return join(key, request, outlet, nil, begin)
    }

    private func join(
        _ key: StreamKey?,
        _ request: any StreamRequesting,
        _ outlet: StreamOutlet,
        _ queue: ResultQueue?,
        _ begin: (@escaping @Sendable (ResultBroadcast) -> Void) -> ResultBroadcast
    ) -> ResultStream {
        while true {
            let broadcast = broadcast(key, begin)
            if let subscriber = broadcast.join(request, outlet) {
                return ResultStream(broadcast, subscriber, queue.map { ($0, heartbeats) })
            }
            // It has ended since.
            remove(broadcast, key)
        }
    }

    private func broadcast(
        _ key: StreamKey?,
        _ begin: (@escaping @Sendable (ResultBroadcast) -> Void) -> ResultBroadcast
    ) -> ResultBroadcast {
        guard let key else { return begin { _ in } }
        if let known = broadcasts.withLock({ $0[key] }) { return known }
        let new = begin { [weak self] in self?.remove($0, key) }
        let current = broadcasts.withLock { broadcasts in
            if let known = broadcasts[key] { return known }
            broadcasts[key] = new
            return new
        }
        // Somebody else has begun one meanwhile.
        if current !== new { new.end() }
        return current
    }

    private func remove(_ broadcast: ResultBroadcast, _ key: StreamKey?) {
        guard let key else { return }
        broadcasts.withLock { if $0[key] === broadcast { $0[key] = nil } }
    }
}
