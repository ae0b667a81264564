/// The parts of a window that are selected beside its rows.
struct WindowNeeds: Sendable, Equatable {
    /// The number of all rows.
    var total = false
    /// Whether rows follow.
    var next = false
    /// The cursors of rows.
    var cursors = false
}
