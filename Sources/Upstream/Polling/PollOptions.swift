/// Whether changes are looked for, and what that may cost.
package struct PollOptions: Sendable, Hashable {
    /// The share of a key's minute that is left to requests; 1: nothing is read to find changes.
    package var reserve = 0.5

    /// Whether anything is read to find changes.
    package var isEnabled: Bool { reserve < 1 }

    package init() {}
}
