internal import GraphQL
private import Synchronization

/// One subscriber of feeds: the changes that it wants and has not taken yet.
///
/// A subscriber is notified when changes wait and takes them itself: while it waits, it takes up no task.
package final class ChangeSubscription: Sendable {
    /// The result of taking the next change.
    package enum Next: Sendable, Equatable {
        /// A change, and its number among the changes of the subscription, counted from 1.
        case change(Change, number: UInt64)
        /// No change waits; the subscriber is notified when one does.
        case nothing
        /// No more changes come: the subscription is cancelled, the feed is closed, or the subscriber has been too slow.
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
    /// Whether the subscriber only wants to know that something has changed, so that one change stands for all.
    private let isBrief: Bool
    /// Whether the subscriber wants a change.
    private let isWanted: @Sendable (Change) -> Bool
    private let state = Mutex(State())

    /// Makes a subscription to each change that is wanted.
    init(capacity: Int, where isWanted: @escaping @Sendable (Change) -> Bool) {
        (self.capacity, self.isWanted, isBrief) = (capacity, isWanted, false)
    }

    /// Makes a subscription to changes of objects of some types, of which one change at most waits.
    init(types: Set<TypeID>) {
        (capacity, isWanted, isBrief) = (1, { types.contains($0.type) }, true)
    }

    /// Whether the subscriber was too slow, so that it has missed changes.
    package var wasDropped: Bool { state.withLock(\.wasDropped) }

    /// The number of changes of the subscription.
    package var count: UInt64 { state.withLock(\.last) }

    /// Whether a change waits, or no more come.
    package var isReady: Bool { state.withLock { !$0.waiting.isEmpty || $0.isEnded } }

    /// Sets a function that is called whenever a change waits, and once when no more come; at once if either is so already.
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

    /// Ends the subscription; waiting changes can still be taken.
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

    /// Whether the subscriber wants a change; its condition may record the time of the change.
    func wants(_ change: Change) -> Bool { isWanted(change) }

    /// Adds a change that the subscriber wants; ends the subscription if too many wait.
    func add(_ change: Change) {
        let (hasRoom, notify) = state.withLock { state -> (Bool, (@Sendable () -> Void)?) in
            guard !state.isEnded else { return (true, nil) }
            state.last += 1
            // Of two equal changes that wait, the number of the later one counts: the subscriber looks the object up after both.
            if let position = standIn(for: change, in: state.waiting) {
                state.waiting[position].number = state.last
                return (true, nil)
            }
            guard state.waiting.count < capacity else { return (false, nil) }
            state.waiting.append(Waiting(change: change, number: state.last))
            return (true, state.notify)
        }
        // The subscriber would miss a change that does not fit, so it must begin anew.
        if hasRoom { notify?() } else { end { $0.wasDropped = true } }
    }

    /// The position of a waiting change that has the same effect as another one.
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
