private import DequeModule
internal import Gateway

/// What waits of a stream until its client takes more: so many results, and then the reason why there are no more.
struct StreamBacklog {
    private var events = Deque<StreamEvent>()

    /// Makes an empty backlog.
    init() {}

    /// Whether nothing waits.
    var isEmpty: Bool { events.isEmpty }

    /// Adds what happens, unless nothing comes after what waits already.
    ///
    /// - Parameters:
    ///   - event: what happens.
    ///   - tooSlow: why the client must begin anew if too many results wait.
    mutating func add(_ event: StreamEvent, orDropFor tooSlow: @autoclosure () -> StreamedResult) {
        switch events.last {
        case .failure?, .end?: return
        case .result?, nil: break
        }
        if case .result = event, events.count >= ResultStream.capacity {
            events.append(.failure(tooSlow()))
        } else {
            events.append(event)
        }
    }

    /// Takes what has waited for the longest time.
    mutating func takeFirst() -> StreamEvent? { events.popFirst() }
}
