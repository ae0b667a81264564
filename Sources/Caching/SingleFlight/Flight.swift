public import Synchronization

/// An operation in flight, and the followers that wait for its value.
@usableFromInline
package final class Flight<Value: Sendable>: Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// The outcome of a follower's wait.
    @usableFromInline
    package enum Outcome: Sendable {
        case value(Value)
        /// The leader stopped for reasons of its own: a follower may lead in its place.
        case abandoned
        /// The follower's own deadline has passed.
        case deadlinePassed
        /// The follower's task was cancelled.
        case cancelled
    }

    @usableFromInline
    package struct Waiter: Sendable {
        @usableFromInline let continuation: CheckedContinuation<Outcome, Never>
        @usableFromInline let deadline: ContinuousClock.Instant
        let group: Int
    }

    @usableFromInline
    package struct State {
        /// The outcome of the flight; nil while it is in flight.
        @usableFromInline var outcome: Outcome?
        @usableFromInline var waiters: [Int: Waiter]
        @usableFromInline var lastID: Int
        /// The time at which the earliest timer that is set fires; nil: none is set.
        @usableFromInline var alarm: ContinuousClock.Instant?

        // PERF: each value here, as default values are not made by the caller's own code.
        @inlinable
        init() {
            outcome = nil
            waiters = [:]
            lastID = 0
            alarm = nil
        }
    }

    @usableFromInline let state: Mutex<State>
    @usableFromInline let latestEnd: ContinuousClock.Instant

    /// Begins a flight that ends by an instant at the latest, which is the leader's own deadline.
    @inlinable
    package init(latestEnd: ContinuousClock.Instant) {
        self.latestEnd = latestEnd
        state = Mutex(State())
    }

    /// Waits for the value until a deadline at most.
    ///
    /// - Parameters:
    ///   - deadline: when the follower's own time is up.
    ///   - group: which followers belong together, for `abandonFollowers(except:)`.
    ///   - scheduler: the clock of the deadline.
    /// - Returns: how the waiting ended.
    package func wait(until deadline: Instant, group: Int = 0, scheduler: Scheduler) async -> Outcome {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enqueue(id, Waiter(continuation: continuation, deadline: deadline, group: group), scheduler)
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
            waiter?.continuation.resume(returning: .cancelled)
        }
    }

    /// Ends the flight and passes the value to all followers; nil: only the leader has a value, and a follower may lead.
    @inlinable
    package func complete(_ value: Value?) {
        let outcome: Outcome = value.map { .value($0) } ?? .abandoned
        let waiters = state.withLock { state -> [Int: Waiter] in
            guard state.outcome == nil else { return [:] }
            state.outcome = outcome
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in waiters.values { waiter.continuation.resume(returning: outcome) }
    }

    /// Ends the wait of the followers of all other groups, so that they can lead: the leader has to wait for something of its own.
    package func abandonFollowers(except group: Int) {
        let abandoned = state.withLock { state in
            let ids = state.waiters.filter { $0.value.group != group }.keys
            return ids.compactMap { state.waiters.removeValue(forKey: $0) }
        }
        for waiter in abandoned { waiter.continuation.resume(returning: .abandoned) }
    }

    /// The number of followers that wait.
    package var followerCount: Int { state.withLock { $0.waiters.count } }

    private enum Step {
        case resume(Outcome)
        case schedule(Instant)
        case wait
    }

    private func enqueue(_ id: Int, _ waiter: Waiter, _ scheduler: Scheduler) {
        let now = scheduler.now()
        let step = state.withLock { state -> Step in
            if let outcome = state.outcome { return .resume(outcome) }
            // A task is marked before its cancellation is handled: this catches a task that is cancelled before its waiter is stored.
            if Task.isCancelled { return .resume(.cancelled) }
            if waiter.deadline <= now { return .resume(.deadlinePassed) }
            state.waiters[id] = waiter
            // PERF: an earlier deadline than the timer's is looked for here alone, as there can be many followers.
            guard waiter.deadline < latestEnd, state.alarm.map({ waiter.deadline < $0 }) ?? true else { return .wait }
            state.alarm = waiter.deadline
            return .schedule(waiter.deadline)
        }
        switch step {
        case .resume(let outcome): waiter.continuation.resume(returning: outcome)
        case .schedule(let alarm): setTimer(alarm, scheduler)
        case .wait: break
        }
    }

    /// The time for which to set a timer, the earliest deadline; nil if a timer fires sooner or the leader ends before.
    private static func nextAlarm(_ state: inout State, before latestEnd: Instant) -> Instant? {
        guard let next = state.waiters.values.lazy.map(\.deadline).min(), next < latestEnd,
            state.alarm.map({ next < $0 }) ?? true
        else { return nil }
        state.alarm = next
        return next
    }

    private func setTimer(_ alarm: Instant, _ scheduler: Scheduler) {
        scheduler.schedule(alarm) { [weak self] in self?.timerDidFire(alarm, scheduler) }
    }

    private func timerDidFire(_ alarm: Instant, _ scheduler: Scheduler) {
        let (overdue, next) = state.withLock { state -> ([Waiter], Instant?) in
            if state.alarm == alarm { state.alarm = nil }
            let ids = state.waiters.filter { $0.value.deadline <= alarm }.keys
            let overdue = ids.compactMap { state.waiters.removeValue(forKey: $0) }
            return (overdue, Self.nextAlarm(&state, before: latestEnd))
        }
        for waiter in overdue { waiter.continuation.resume(returning: .deadlinePassed) }
        if let next { setTimer(next, scheduler) }
    }
}
