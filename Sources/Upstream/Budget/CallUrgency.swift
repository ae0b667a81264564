/// The urgency of a call: calls for which a client waits go before others, and among them those of a lane with a higher priority.
struct CallUrgency: Sendable, Hashable, Comparable {
    let priority: CallPriority
    /// The priority of the lane; background calls rank below all lanes.
    let rank: Int

    init(_ priority: CallPriority, _ lane: BudgetLane = .none) {
        self.priority = priority
        rank = priority == .background ? .min : lane.priority
    }

    /// Whether some of the budget is held back from such calls for a lane.
    func yields(to lane: BudgetLane) -> Bool { rank < lane.priority }

    static func < (left: CallUrgency, right: CallUrgency) -> Bool {
        left.priority == right.priority ? left.rank < right.rank : left.priority < right.priority
    }

    static let refresh = CallUrgency(.refresh)
    static let background = CallUrgency(.background)
    static let interactive = CallUrgency(.interactive)
}
