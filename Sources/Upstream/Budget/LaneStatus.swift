/// A lane's use of a budget for one kind of call.
package struct LaneStatus: Sendable, Hashable {
    package let name: String
    /// How much of the minute is held back for it while it is in use, in percent.
    package let share: Int
    /// The calls that it has made in the last minute.
    package let calls: Int
    /// How many of its calls wait.
    package let waiting: Int
}
