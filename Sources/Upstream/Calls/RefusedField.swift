/// A part of a write's body that the upstream does not accept.
struct RefusedField: Sendable, Hashable {
    /// The upstream's names that lead to it; empty: the upstream only says what is wrong.
    let names: [String]
    let message: String?
}
