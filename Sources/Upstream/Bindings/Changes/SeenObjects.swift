internal import JSON

/// The objects that a subscriber has been shown, and in which state.
package struct SeenObjects: Sendable {
    /// Of more objects the oldest are forgotten.
    private static let capacity = 10_000

    private struct Seen {
        var state: Int
        /// Whether the subscriber looks at it still.
        var isShown: Bool
    }

    private var states: [ExactString: Seen] = [:]
    private var order: [ExactString] = []

    /// Makes an empty list.
    package init() {}

    /// The state in which an object is shown; nil: it is not.
    func state(of key: String) -> Int? { states[ExactString(key)].flatMap { $0.isShown ? $0.state : nil } }

    /// Whether an object is shown; nil: nothing is known of it.
    func isShown(_ key: String) -> Bool? { states[ExactString(key)]?.isShown }

    /// Notes that an object is shown.
    mutating func show(_ key: String, in state: Int) { note(key, Seen(state: state, isShown: true)) }

    /// Notes that an object is none that the subscriber looks at any more: several events can report that.
    mutating func leave(_ key: String) { note(key, Seen(state: 0, isShown: false)) }

    private mutating func note(_ key: String, _ seen: Seen) {
        let key = ExactString(key)
        guard states.updateValue(seen, forKey: key) == nil else { return }
        order.append(key)
        guard order.count > Self.capacity else { return }
        for old in order.prefix(Self.capacity / 2) { states[old] = nil }
        order.removeFirst(Self.capacity / 2)
    }
}
