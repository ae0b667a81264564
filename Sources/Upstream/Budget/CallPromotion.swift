private import Synchronization

/// The urgency of a call that several callers share: that of the most urgent caller.
final class CallPromotion: Sendable {
    private struct State {
        var priority: CallPriority
        var lane: BudgetLane
        /// The function that is called when the call becomes more urgent.
        var handler: (@Sendable (BudgetLane) -> Void)?

        var urgency: CallUrgency { CallUrgency(priority, lane) }
    }

    private let state: Mutex<State>

    init(_ priority: CallPriority, _ lane: BudgetLane) {
        state = Mutex(State(priority: priority, lane: lane))
    }

    /// The present priority and lane of the call.
    var current: (priority: CallPriority, lane: BudgetLane) { state.withLock { ($0.priority, $0.lane) } }

    /// Records that another caller waits for the call, whose own call would have this priority and lane.
    func raise(to priority: CallPriority, _ lane: BudgetLane) {
        guard priority == .interactive else { return }
        let handler = state.withLock { state -> (@Sendable (BudgetLane) -> Void)? in
            guard state.urgency < CallUrgency(priority, lane) else { return nil }
            (state.priority, state.lane) = (priority, lane)
            return state.handler
        }
        handler?(lane)
    }

    /// Sets the function to call whenever the call becomes more urgent than it was when it began to wait.
    func whenRaised(above urgency: CallUrgency, _ handler: @escaping @Sendable (BudgetLane) -> Void) {
        let missed = state.withLock { state -> BudgetLane? in
            state.handler = handler
            return urgency < state.urgency ? state.lane : nil
        }
        if let missed { handler(missed) }
    }

    /// Records that the call does not wait any more.
    func waitDidEnd() { state.withLock { $0.handler = nil } }
}
