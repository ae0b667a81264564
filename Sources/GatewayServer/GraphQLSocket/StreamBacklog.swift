private import DequeModule
internal import Gateway

/// The queue of a stream's events until the client reads more: results up to a limit, then the reason of the end.
struct StreamBacklog {
    private var events = Deque<StreamEvent>()

    /// Makes an empty backlog.
    init() {}

    /// Whether no events are queued.
    var isEmpty: Bool { events.isEmpty }

    /// Adds an event, unless the last event is queued already.
    ///
    /// - Parameters:
    ///   - event: the event.
    ///   - tooSlow: the error for a client for which too many results are queued.
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

    /// Takes the first event; nil: none is queued.
    mutating func takeFirst() -> StreamEvent? { events.popFirst() }
}
