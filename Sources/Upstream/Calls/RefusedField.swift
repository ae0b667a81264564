/// A part of a write's body that the upstream does not accept.
struct RefusedField: Sendable, Hashable {
    /// The path of upstream names to it; empty: the upstream names no part.
    let names: [String]
    let message: String?
}
