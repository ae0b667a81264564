/// Whether the gateway polls for changes, and the limit of what that may cost.
package struct PollOptions: Sendable, Hashable {
    /// The share of a key's budget, from 0 to 1, that polls leave to requests; 1: the gateway does not poll.
    package var reserve = 0.5

    /// Whether the gateway polls for changes.
    package var isEnabled: Bool { reserve < 1 }

    package init() {}
}
