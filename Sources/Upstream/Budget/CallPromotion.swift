private import Synchronization

/// The urgency of a call that one caller makes for others too: it goes as early as the most urgent of them would.
final class CallPromotion: Sendable {
    private struct State {
        var priority: CallPriority
        var lane: BudgetLane
        /// Is called when the call becomes more urgent.
        var handler: (@Sendable (BudgetLane) -> Void)?

        var urgency: CallUrgency { CallUrgency(priority, lane) }
    }

    private let state: Mutex<State>

    init(_ priority: CallPriority, _ lane: BudgetLane) {
        state = Mutex(State(priority: priority, lane: lane))
    }

    /// How urgent the call is now.
    var current: (priority: CallPriority, lane: BudgetLane) { state.withLock { ($0.priority, $0.lane) } }

    /// Notes that somebody waits for the call whose own would have had an urgency.
    func raise(to priority: CallPriority, _ lane: BudgetLane) {
        guard priority == .interactive else { return }
        let handler = state.withLock { state -> (@Sendable (BudgetLane) -> Void)? in
            guard state.urgency < CallUrgency(priority, lane) else { return nil }
            (state.priority, state.lane) = (priority, lane)
            return state.handler
        }
        handler?(lane)
    }

    /// Calls a function whenever the call becomes more urgent than it was when it began to wait.
    func whenRaised(above urgency: CallUrgency, _ handler: @escaping @Sendable (BudgetLane) -> Void) {
        let missed = state.withLock { state -> BudgetLane? in
            state.handler = handler
            return urgency < state.urgency ? state.lane : nil
        }
        if let missed { handler(missed) }
    }

    /// Notes that the call waits no longer.
    func waitDidEnd() { state.withLock { $0.handler = nil } }
}
