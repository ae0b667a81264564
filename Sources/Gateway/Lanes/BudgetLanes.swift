internal import GraphQL
internal import Upstream

/// The lanes in which callers use the budgets of keys.
///
/// Each caller group has one; clients of the gateway may have others.
package struct BudgetLanes: Sendable, Hashable {
    /// The error of a text that describes no lane.
    package struct Invalid: Error, Sendable, Hashable {
        package let message: String
    }

    /// All lanes; those of the caller groups come first.
    package private(set) var all = [
        LanePolicy(name: CallerGroup.people.rawValue, priority: 3, share: 60),
        LanePolicy(name: CallerGroup.scripts.rawValue, priority: 2, share: 25),
        LanePolicy(name: CallerGroup.agents.rawValue, priority: 1, share: 15),
    ]

    /// Makes the lanes of the caller groups with their default settings.
    package init() {}

    /// Makes the lanes of the caller groups and further lanes, with settings from texts.
    ///
    /// - Parameter texts: settings such as `agents share=10 session-calls=200`.
    /// - Throws: the error of the first invalid text.
    package init(_ texts: [String]) throws(Invalid) {
        for text in texts { try apply(text) }
        let shares = all.reduce(0) { $0 + $1.lane.share }
        guard shares <= 100 else {
            throw Invalid(message: "The lanes have shares of \(shares) % together; at most 100 % can be shared out.")
        }
    }

    /// The lane of a name; nil: there is none.
    package subscript(name: String) -> LanePolicy? { all.first { $0.lane.name == name } }

    /// The names of all lanes.
    package var names: [String] { all.map(\.lane.name) }

    /// The lane of a caller group.
    func policy(of group: CallerGroup) -> LanePolicy {
        self[group.rawValue] ?? LanePolicy(name: BudgetLane.none.name, priority: 0, share: 0)
    }

    /// The lane of a caller: that of its client, else that of its group.
    func policy(of caller: Caller) -> LanePolicy { caller.client?.lane ?? policy(of: caller.group) }

    /// The name of the lane of a caller.
    // PERF: read for each observed request, so the name of the group's lane is not looked up.
    static func name(of caller: Caller) -> String {
        guard let client = caller.client else { return caller.group.rawValue }
        return client.lane?.lane.name ?? caller.group.rawValue
    }

    // MARK: - Texts

    private mutating func apply(_ text: String) throws(Invalid) {
        let words = text.split(separator: " ")
        guard let name = words.first.map({ String($0) }), !name.contains("=") else {
            throw Invalid(message: "A lane is NAME share=PERCENT priority=NUMBER session-calls=NUMBER. Not: \(text)")
        }
        guard name != BudgetLane.none.name, name != Self.background else {
            throw Invalid(message: "A lane cannot be called \"\(name)\".")
        }
        var policy = self[name] ?? LanePolicy(name: name, priority: 0, share: 0)
        for word in words.dropFirst() { try Self.set(word, of: &policy) }
        if let index = all.firstIndex(where: { $0.lane.name == name }) {
            all[index] = policy
        } else {
            all.append(policy)
        }
    }

    /// The label in metrics of calls without a waiting client.
    private static let background = "background"

    private static func set(_ word: Substring, of policy: inout LanePolicy) throws(Invalid) {
        let (name, lane) = (policy.lane.name, policy.lane)
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        func number(in range: ClosedRange<Int>) throws(Invalid) -> Int {
            guard parts.count == 2, let number = Int(parts[1]), range.contains(number) else {
                let most = range.upperBound == .max ? "" : " to \(range.upperBound)"
                let words = "must be a whole number from \(range.lowerBound)\(most)"
                throw Invalid(message: "The lane \"\(name)\": \"\(parts[0])\" \(words).")
            }
            return number
        }
        switch parts[0] {
        case "share":
            let share = try number(in: 0...100)
            policy.lane = BudgetLane(name: name, priority: lane.priority, share: share)
        case "priority":
            let priority = try number(in: 0...100)
            policy.lane = BudgetLane(name: name, priority: priority, share: lane.share)
        case "session-calls":
            policy.callsPerSession = try number(in: 1...Int.max)
        default:
            let known = ["share", "priority", "session-calls"]
            let suggestion = didYouMean(suggestionList(String(parts[0]), known))
            throw Invalid(message: "The lane \"\(name)\" has no \"\(parts[0])\".\(suggestion)")
        }
    }
}
