/// The treatment of a `per_page` over 100.
package enum PerPageOver: String, CaseIterable, Sendable {
    /// The value becomes 100.
    case clamp
    /// The request is refused with 400.
    case refuse = "400"
}
