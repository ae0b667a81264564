internal import Caching
private import Synchronization

/// The running broadcasts that further subscribers may join, by the key of their results.
final class BroadcastTable: Sendable {
    /// Sends keep-alive messages to streams that are silent.
    private let heartbeats: Heartbeats
    private let broadcasts = Mutex<[StreamKey: ResultBroadcast]>([:])

    /// Makes an empty table; the scheduler provides the clock of the keep-alive messages.
    init(scheduler: Scheduler) {
        heartbeats = Heartbeats(scheduler: scheduler)
    }

    /// The number of broadcasts.
    var count: Int { broadcasts.withLock(\.count) }

    /// Joins the broadcast of equal results, or begins one.
    ///
    /// - Parameters:
    ///   - key: the key of the results; nil: they are for one subscriber alone.
    ///   - request: the subscriber's request.
    ///   - outlet: the receiver of the results; nil: they are queued until the subscriber reads them.
    ///   - begin: begins a broadcast, which calls the passed function when it ends.
    /// - Returns: the stream of results.
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
            // The broadcast has ended since it was looked up.
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
        // Another request has begun one meanwhile.
        if current !== new { new.end() }
        return current
    }

    private func remove(_ broadcast: ResultBroadcast, _ key: StreamKey?) {
        guard let key else { return }
        broadcasts.withLock { if $0[key] === broadcast { $0[key] = nil } }
    }
}
