internal import GraphQL
private import Synchronization

/// One reader of feeds: the changes that it wants and has not taken yet.
///
/// It takes them itself, and is notified when there are some: who waits for changes takes up no task.
package final class ChangeSubscription: Sendable {
    /// What a reader finds.
    package enum Next: Sendable, Equatable {
        /// A change, and its number among those of the subscription.
        case change(Change, number: UInt64)
        /// Nothing waits; the reader is notified when something does.
        case nothing
        /// No more changes come: the subscription is cancelled, the feed is closed, or the reader has been too slow.
        case end
    }

    private struct Waiting {
        let change: Change
        var number: UInt64
    }

    private struct State {
        var waiting: [Waiting] = []
        /// The number of the last change.
        var last: UInt64 = 0
        var isEnded = false
        var wasDropped = false
        var notify: (@Sendable () -> Void)?
        var whenEnded: (@Sendable () -> Void)?
    }

    private let capacity: Int
    /// Whether the reader wants to know that something has changed, and not what.
    private let isBrief: Bool
    /// Whether a change is the reader's.
    private let isWanted: @Sendable (Change) -> Bool
    private let state = Mutex(State())

    /// A reader of each change that it wants.
    init(capacity: Int, where isWanted: @escaping @Sendable (Change) -> Bool) {
        (self.capacity, self.isWanted, isBrief) = (capacity, isWanted, false)
    }

    /// A reader that learns that something has changed of what has one of some types.
    init(types: Set<TypeID>) {
        (capacity, isWanted, isBrief) = (1, { types.contains($0.type) }, true)
    }

    /// Whether the reader was too slow: it has missed changes.
    package var wasDropped: Bool { state.withLock(\.wasDropped) }

    /// How many changes there have been.
    package var count: UInt64 { state.withLock(\.last) }

    /// Whether a change waits, or no more come.
    package var isReady: Bool { state.withLock { !$0.waiting.isEmpty || $0.isEnded } }

    /// Calls a function whenever something waits, and once no more comes; what has happened by now counts too.
    package func whenReady(_ notify: @escaping @Sendable () -> Void) {
        let isReady = state.withLock { state in
            state.notify = notify
            return !state.waiting.isEmpty || state.isEnded
        }
        if isReady { notify() }
    }

    /// Takes the change that has waited for the longest time.
    package func next() -> Next {
        state.withLock { state in
            guard !state.waiting.isEmpty else { return state.isEnded ? .end : .nothing }
            let first = state.waiting.removeFirst()
            return .change(first.change, number: first.number)
        }
    }

    /// Ends the subscription; what waits can still be taken.
    package func cancel() { end { _ in } }

    private func end(_ body: (inout State) -> Void) {
        let (whenEnded, notify) = state.withLock { state -> ((@Sendable () -> Void)?, (@Sendable () -> Void)?) in
            guard !state.isEnded else { return (nil, nil) }
            state.isEnded = true
            body(&state)
            defer { (state.whenEnded, state.notify) = (nil, nil) }
            return (state.whenEnded, state.notify)
        }
        whenEnded?()
        notify?()
    }

    /// Whether a change is the reader's; what it is to know of that time is noted.
    func wants(_ change: Change) -> Bool { isWanted(change) }

    /// Adds a change that the reader wants.
    func add(_ change: Change) {
        let (hasRoom, notify) = state.withLock { state -> (Bool, (@Sendable () -> Void)?) in
            guard !state.isEnded else { return (true, nil) }
            state.last += 1
            // Whoever begins between two equal changes that wait has the later one: what both cause is found out after both.
            if let position = standIn(for: change, in: state.waiting) {
                state.waiting[position].number = state.last
                return (true, nil)
            }
            guard state.waiting.count < capacity else { return (false, nil) }
            state.waiting.append(Waiting(change: change, number: state.last))
            return (true, state.notify)
        }
        // What does not fit would be missed, so that the reader must begin anew.
        if hasRoom { notify?() } else { end { $0.wasDropped = true } }
    }

    /// The change that waits and causes all that another one would.
    private func standIn(for change: Change, in waiting: [Waiting]) -> Int? {
        if isBrief { return waiting.indices.last }
        guard let last = waiting.lastIndex(where: { $0.change.isOfSameObject(as: change) }),
            waiting[last].change == change
        else { return nil }
        return last
    }

    func whenEnded(_ body: @escaping @Sendable () -> Void) {
        let isEnded = state.withLock { state in
            if !state.isEnded { state.whenEnded = body }
            return state.isEnded
        }
        if isEnded { body() }
    }
}

extension Change {
    /// Whether another change is of the same object.
    fileprivate func isOfSameObject(as other: Change) -> Bool {
        workspace == other.workspace && type == other.type && key == other.key
    }
}
